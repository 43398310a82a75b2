"""Memory: what is free, and how many variants it holds."""

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.study.sweep.memory import count_room, measure_free_mb, measure_held_mb


@given(st.integers(1, 64), st.floats(0, 1e6), st.floats(1, 1e5))
def test_variants_at_once_never_take_more_than_there_is_unless_it_is_one(processes, free, need):
    room = count_room(processes, free, need)
    assert 1 <= room <= processes
    assert room == 1 or room * need <= free


@pytest.mark.parametrize(("free", "need"), [(math.inf, 500.0), (100.0, 0.0)])
def test_what_is_unknown_limits_nothing(free, need):
    assert count_room(4, free, need) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says")
def test_this_process_holds_some_memory_and_a_list_makes_it_more():
    before = measure_held_mb()
    block = bytearray(200_000_000)
    block[::4096] = bytes(len(block[::4096]))  # a page counts once it is written
    assert measure_held_mb() > before + 150
    assert 0 < before < 1e6
    assert 0 < measure_free_mb() < math.inf


def test_the_limit_of_a_container_counts_where_it_is_lower(tmp_path):
    assert measure_free_mb(tmp_path) == pytest.approx(measure_free_mb(tmp_path), rel=0.5)
    (tmp_path / "memory.current").write_text("20000000\n")
    (tmp_path / "memory.max").write_text("max\n")
    assert measure_free_mb(tmp_path) > 30
    (tmp_path / "memory.max").write_text("50000000\n")
    assert measure_free_mb(tmp_path) == pytest.approx(30)
