"""``nations.png`` is in the run folder where it was drawn; where not, the record says why."""

from __future__ import annotations

import json
from dataclasses import replace

from amalgamation import api
from amalgamation.write import write_run


def notices(folder):
    return json.loads((folder / "run.json").read_text())["notices"]


def test_the_picture_is_written_as_it_was_drawn(record, tmp_path):
    write_run(tmp_path / "run", replace(record, formats=("png",), nations_png=b"\x89PNG of dots"))
    assert (tmp_path / "run" / "nations.png").read_bytes() == b"\x89PNG of dots"
    assert not [line for line in notices(tmp_path / "run") if "nations.png" in line]


def test_a_picture_that_was_not_drawn_is_said(record, tmp_path):
    write_run(tmp_path / "run", replace(record, formats=("png",)))
    assert not (tmp_path / "run" / "nations.png").exists()
    assert "nations.png left out: no mean population and area were compared" in notices(
        tmp_path / "run"
    )


def test_tables_alone_have_no_picture(record, tmp_path):
    write_run(tmp_path / "run", replace(record, formats=("csv",), nations_png=b"\x89PNG"))
    assert not (tmp_path / "run" / "nations.png").exists()


def test_a_run_draws_it_if_pictures_are_asked_for(tmp_path):
    result = api.run("toy", overrides={"solve.processes": 1, "write": ["png"]})
    result.write(tmp_path / "run")
    assert (tmp_path / "run" / "nations.png").read_bytes().startswith(b"\x89PNG")
