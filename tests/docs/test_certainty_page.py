"""The figures of the page on certainty are those of a study, and none is missing silently."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from docs.pages.certainty import MARKS, main, write_figures

from amalgamation import api
from amalgamation.errors import InputError

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "certainty.md"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "study"
    one = {"solve.processes": 1}
    api.alternatives("toy", within=12, number=1, probes=2, overrides=one).write(folder)
    return folder


def places(folder):
    return {"page": folder / "page.md", "image": folder / "map.png"}


def blank(folder, marks=MARKS):
    text = "\n".join(f"<!-- {mark}:begin --><!-- {mark}:end -->" for mark in marks)
    (folder / "page.md").write_text(text, "utf-8")
    return places(folder)


def between(text, mark):
    return re.search(f"<!-- {mark}:begin -->(.*)<!-- {mark}:end -->", text, re.DOTALL)[1].strip()


def test_the_page_says_what_the_study_found(study, tmp_path):
    where = blank(tmp_path)
    write_figures(where["page"], study, where["image"])
    page = where["page"].read_text("utf-8")
    record = json.loads((study / "alternatives.json").read_text("utf-8"))
    assert all(sentence in between(page, "found") for sentence in record["sentences"])
    assert "Synthetic" in between(page, "found")
    assert len(between(page, "plans").splitlines()) == 2 + len(record["plans"])
    ties = pd.read_csv(study / "ties_certainty.csv")
    kept = (ties["reason"].eq("proven") & ties["verdict"].eq("together")).sum()
    assert f"Proven: {kept} ties are kept" in between(page, "proven")
    assert where["image"].read_bytes() == (study / "certainty.png").read_bytes()


def test_a_page_without_a_marker_and_a_folder_without_a_study_are_refused(study, tmp_path, capsys):
    where = blank(tmp_path, MARKS[:-1])
    before = where["page"].read_text("utf-8")
    with pytest.raises(InputError, match="proven:begin"):
        write_figures(where["page"], study, where["image"])
    assert where["page"].read_text("utf-8") == before
    assert not where["image"].exists()
    assert main([f"--study={tmp_path}"]) == 2
    assert "make certainty" in capsys.readouterr().err


def test_the_published_page_is_filled_and_shows_its_map():
    """A page whose figures were never written, or whose picture is gone, is found out here."""
    page = PAGE.read_text("utf-8")
    assert all(between(page, mark) for mark in MARKS)
    assert "Synthetic" in between(page, "found")
    (image,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page)
    assert (PAGE.parent / image).is_file()
