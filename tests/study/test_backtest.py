"""A reform that happened beside what the tool draws: scored alike, and told soberly."""

import json

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import amalgamation as am
from amalgamation.cli import main
from amalgamation.errors import DataError
from amalgamation.graph import build_graph
from amalgamation.road import prepare
from amalgamation.study.backtesting import draw_at_random, match_groups, merge_smallest
from amalgamation.territory import grid_territory

ONE_PROCESS = {"solve.processes": 1}
GRAPH = build_graph(grid_territory(3, 4))
PEOPLE = dict.fromkeys(GRAPH.ids, 100.0)


def pieces(grouping):
    """Count the connected pieces of each group."""
    groups = {}
    for unit, group in grouping.items():
        groups.setdefault(group, []).append(unit)
    return [
        nx.number_connected_components(GRAPH.graph.subgraph(units)) for units in groups.values()
    ]


@given(st.integers(1, 12), st.integers(0, 2**32))
def test_a_random_map_is_a_contiguous_partition_of_the_number_asked_for(number, seed):
    grouping = draw_at_random(GRAPH, number, seed)
    assert tuple(grouping) == GRAPH.ids
    assert pieces(grouping) == [1] * number
    assert grouping == draw_at_random(GRAPH, number, seed)


@given(st.dictionaries(st.sampled_from(GRAPH.ids), st.integers(1, 900)), st.integers(1, 2000))
def test_merging_the_smallest_ends_with_contiguous_groups_that_reach_the_minimum(some, least):
    people = PEOPLE | some
    grouping = merge_smallest(GRAPH, people, least)
    assert tuple(grouping) == GRAPH.ids
    assert set(pieces(grouping)) == {1}
    loads = [sum(people[u] for u in grouping if grouping[u] == g) for g in set(grouping.values())]
    assert len(loads) == 1 or min(loads) >= least


def test_the_smallest_joins_across_the_longest_border():
    """Cells of 10 km side: of equal borders the first by code."""
    graph = build_graph(grid_territory(1, 3))
    people = dict(zip(graph.ids, (9.0, 1.0, 5.0), strict=True))
    assert merge_smallest(graph, people, 2)["r00c01"] == "r00c00"
    assert len(set(merge_smallest(graph, people, 2).values())) == 2


def test_each_real_group_is_matched_by_the_residents_it_shares():
    """x has 3 + 1; m has the 3: 3 of 4. y has 1, n has 1 + 1: 1 of 2. z is in nothing: 0."""
    people = {"a": 3.0, "b": 1.0, "c": 1.0, "d": 1.0}
    real = {"a": "x", "b": "x", "c": "y", "d": "z"}
    table = match_groups(real, {"a": "m", "b": "n", "c": "n"}, people)
    assert table["jaccard"].to_dict() == {"x": 0.75, "y": 0.5, "z": 0.0}
    assert table["match"].to_dict() == {"x": "m", "y": "n", "z": ""}


@pytest.fixture(scope="module")
def ground():
    return prepare("toy", overrides=ONE_PROCESS)


@pytest.fixture(scope="module")
def best():
    return am.run("toy", overrides=ONE_PROCESS).plan


def test_a_reform_that_drew_the_tools_own_plan_agrees_wholly_and_costs_the_same(ground, best):
    tested = am.backtest(ground, best.municipality_of, random=3)
    real, tool = tested.table.loc["real map"], tested.table.loc["amalgamation"]
    assert (tool["rand_index"], tool["pair_f1"], tool["identical_percent"]) == (1, 1, 100)
    assert real["cost"] == pytest.approx(tool["cost"])
    assert real["broken"] == 0
    assert tested.groups["jaccard"].to_list() == [1.0] * 4
    assert "The real map keeps every rule." in tested.sentences()
    assert "median of 3 random" in tested.table.index


def test_what_the_real_map_breaks_is_told_by_rule_and_by_group(ground):
    """Each unit by itself: ten of the twelve are below the toy's minimum, and twelve are not 4."""
    tested = am.backtest(ground, {unit: unit for unit in ground.territory.ids}, random=0)
    broken = tested.broken("real map")
    assert broken["rules.population.min"] == 10
    assert (tested.groups["breaches"] == "rules.population.min").sum() == 10
    assert "rules.population.min 10 times" in " ".join(tested.sentences())


def test_units_that_only_one_file_knows_are_named(ground, best):
    after = dict(best.municipality_of)
    gone = min(after)
    after["elsewhere"] = after.pop(gone)
    first, second = am.backtest(ground, after, random=0).notices
    assert gone in first
    assert "elsewhere" in second


def test_a_scenario_without_a_plan_is_refused_with_its_reason(best):
    far = prepare("toy", overrides=ONE_PROCESS | {"rules.population.min": 10**6})
    with pytest.raises(DataError, match=r"rules\.population\.min"):
        am.backtest(far, best.municipality_of, random=0)


def test_the_command_writes_tables_map_and_record(tmp_path, monkeypatch, best, capsys):
    monkeypatch.chdir(tmp_path)
    rows = [f"{unit},{group}" for unit, group in best.municipality_of.items()]
    (tmp_path / "after.csv").write_text("\n".join(["code,group", *rows]), encoding="utf-8")
    words = ["backtest", "toy", "--after", "after.csv", "--unit-column", "code"]
    words += ["--group-column", "group", "--random", "2", "-o", "out"]
    assert main([*words, "--set", "solve.processes=1"]) == 0
    assert "The real map keeps every rule." in capsys.readouterr().out
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == ["backtest.json", "backtest.png", "candidates.csv", "groups.csv"]
    record = json.loads((tmp_path / "out" / "backtest.json").read_text(encoding="utf-8"))
    assert record["candidates"]["amalgamation"]["rand_index"] == 1
    assert main([*words, "--set", "solve.processes=1"]) == 2
    assert "out" in capsys.readouterr().err
