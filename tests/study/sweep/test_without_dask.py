"""The extra dask is told where it is asked for and absent."""

import pytest

from amalgamation.errors import InputError
from amalgamation.study.sweep import cluster


def test_a_scheduler_without_the_extra_is_told_with_what_to_install(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    with (
        pytest.raises(InputError, match=r"amalgamation\[dask\]"),
        cluster.ClusterPool("tcp://h:1", {}),
    ):
        pass
