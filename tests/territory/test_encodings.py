"""`territory.encoding` holds for every text file of a scenario; a guess is shown where it lacks."""

import pytest

from amalgamation import run, verify_run
from amalgamation.api import prepare
from amalgamation.findings import errors_in
from amalgamation.graph import distances_between
from bad_input_files import ask, only, write_units

NAMES = ["Ақмола", "Қостанай", "Түркістан"]  # with letters that only KZ-1048 has
FILES = {
    "ties": ("from,to,km\n{0},{1},5\n{1},{2},7\n", "graph", {"ties": {"file": "t.csv"}}),
    "matrix": (
        "from,to,km\n{0},{1},5\n{1},{2},7\n",
        "graph",
        {"distance": {"matrix": "t.csv"}},
    ),
    "wishes": (
        "unit,with,reason\n{0},{1},бірге\n{1},{2},жол\n",
        "aims",
        {"access": 1, "wishes": {"weight": 1, "file": "t.csv"}},
    ),
}


def scenario(folder, kind, **territory):
    """Codes are words, so that a wrong letter is an unknown unit."""
    text, section, keys = FILES[kind]
    write_units(folder, code=NAMES, population=[1, 2, 3])
    (folder / "t.csv").write_bytes(text.format(*NAMES).encode("kz1048"))
    return ask(folder, {"units": "units.gpkg"} | territory, **{section: keys})


@pytest.mark.parametrize("kind", list(FILES))
def test_19_bytes_that_are_no_utf_8_are_refused_with_a_guess_and_a_preview(tmp_path, kind):
    finding = only(scenario(tmp_path, kind))
    assert finding["where"].startswith("t.csv, byte ")
    assert "as kz1048 they read" in finding["found"]
    assert "Ақмола" in finding["found"]
    assert "territory.encoding: kz1048" in finding["remedy"]


@pytest.mark.parametrize("kind", ["ties", "matrix"])
def test_19_they_are_read_where_the_scenario_says_their_encoding(tmp_path, kind):
    graph = prepare(scenario(tmp_path, kind, encoding="kz1048")).graph
    (note,) = [one for one in graph.findings if one.check == "encoding"]
    assert (note.where, note.found) == ("t.csv", "text in kz1048, read as such")
    pairs = graph.ties if kind == "ties" else distances_between(graph, graph.ids).to_frame()
    a, b = pairs.columns[:2]
    found = {frozenset(pair) for pair in zip(pairs[a], pairs[b], strict=True)}
    assert found >= {frozenset(NAMES[:2]), frozenset(NAMES[1:])}
    assert frozenset([NAMES[0], NAMES[2]]) not in found


def test_19_wishes_are_read_so_too(tmp_path):
    aims = prepare(scenario(tmp_path, "wishes", encoding="kz1048")).file.scenario.aims
    told = [(wish.unit, wish.with_, wish.reason) for wish in aims.wishes.wishes]
    assert told == [(NAMES[0], NAMES[1], "бірге"), (NAMES[1], NAMES[2], "жол")]


def test_a_run_whose_ties_are_in_another_encoding_is_verified(tmp_path):
    question = scenario(tmp_path, "ties", encoding="kz1048")
    run(question, overrides={"solve.processes": 1}).write(tmp_path / "out")
    assert errors_in(verify_run(tmp_path / "out", tmp_path)) == []
