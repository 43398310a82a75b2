"""Alternatives on the toy territory: verified, told apart, written whole, and interruptible."""

from __future__ import annotations

import json
import signal

import pandas as pd
import pytest

from amalgamation.errors import DataError, InputError
from amalgamation.model import build_problem
from amalgamation.plan import Plan
from amalgamation.road import answer, prepare
from amalgamation.solve.given_start import start_answers
from amalgamation.study import find_alternatives
from amalgamation.study.alternatives.depart import Departure, depart, starting_weight
from amalgamation.study.alternatives.near import Near
from amalgamation.study.alternatives.probe import Probe, is_proven, probe
from amalgamation.study.alternatives.probes import find_unanimous
from amalgamation.study.alternatives.votes import cast_votes, keeps
from amalgamation.study.study import files_of
from amalgamation.verify import verify_plan
from amalgamation.write import check_run_folder, read_assignment

ONE_PROCESS = {"solve.processes": 1}


@pytest.fixture(scope="module")
def ground():
    return prepare("toy", overrides=ONE_PROCESS)


@pytest.fixture(scope="module")
def best(ground):
    return answer(ground)


@pytest.fixture(scope="module")
def found(ground, best):
    bound = best.certificate.bound
    return find_alternatives(ground, best.plan, bound=bound, within=12, number=3, probes=6)


def test_each_alternative_keeps_the_rules_and_the_budget(ground, best, found):
    question, territory, graph = ground.file.scenario, ground.territory, ground.graph
    for made in found.found:
        assert verify_plan(made.plan, question, territory, graph, made.certificate) == ()
        assert made.certificate.cost <= 1.12 * best.certificate.cost
        assert made.certificate.bound == pytest.approx(best.certificate.bound)
        assert made.certificate.gap > 0


def test_no_two_are_the_same_and_the_table_says_how_far_they_differ(found):
    groups = [frozenset(plan.municipalities.values()) for plan in found.plans.values()]
    assert len(set(groups)) == len(groups) == 4
    table = found.table
    assert table.index.to_list() == ["plan", "1", "2", "3"]
    assert (table["nearest_percent"] > 0).all()
    assert table.loc["plan", ["differs_percent", "moved_percent"]].to_list() == [0, 0]
    assert (table["nearest_percent"] <= table["differs_percent"].where(lambda v: v > 0, 100)).all()


def test_distances_are_counted_tie_by_tie(found):
    ties = found.certainty.open_ties
    plan, other = found.plans["plan"].municipality_of, found.plans["1"].municipality_of
    pairs = zip(ties["a"], ties["b"], strict=True)
    differ = [(plan[a] == plan[b]) != (other[a] == other[b]) for a, b in pairs]
    assert found.table.loc["1", "differs_percent"] == pytest.approx(100 * sum(differ) / len(ties))


def test_the_same_seed_finds_the_same(ground, best, found):
    again = find_alternatives(ground, best.plan, within=12, number=2, probes=0)
    assert [made.plan for made in again.found] == [made.plan for made in found.found[:2]]


def test_sentences_say_what_is_proven_and_what_is_not(found):
    text = " ".join(found.sentences())
    assert "3 alternatives of at most 12 % more cost in each block" in text
    assert "others may differ" in text
    counts = found.certainty.counts()
    assert f"{counts['together']} are kept in all, {counts['apart']} cut in all" in text


def test_a_plan_that_breaks_a_rule_has_no_alternatives(ground):
    alone = Plan.from_seats({unit: unit for unit in ground.territory.ids})
    with pytest.raises(InputError, match="block toy: found a plan to begin from that the rules"):
        find_alternatives(ground, alone)


def test_numbers_that_make_no_sense_are_told_at_once(ground, best):
    with pytest.raises(InputError) as refused:
        find_alternatives(ground, best.plan, within=0, number=0, probes=-1)
    told = [finding.where for finding in refused.value.findings]
    assert told == ["option within", "option number", "option probes"]


def test_without_time_there_is_the_plan_alone_and_nothing_is_called_proven(ground, best):
    found = find_alternatives(ground, best.plan, seconds=0)
    assert list(found.plans) == ["plan"]
    assert found.different == 0
    assert found.certainty.counts()["proven"] == 0


def test_an_interruption_keeps_what_was_found(ground, best):
    def interrupt(line):
        if line.startswith("alternative 1"):
            signal.raise_signal(signal.SIGINT)

    found = find_alternatives(ground, best.plan, within=6, number=4, report=interrupt)
    assert found.interrupted
    assert list(found.plans) == ["plan", "1"]
    assert "proven" not in set(found.certainty.ties["reason"])


def block_of(ground, plan, within=0.06):
    problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    return Near.around(problem, plan, within, 1)


def test_near_is_a_budget_and_a_range_of_numbers_for_each_block(ground, best):
    near = block_of(ground, best.plan)
    assert near.budgets == (pytest.approx(1.06 * best.certificate.cost),)
    limits = ground.file.scenario.rules.municipalities
    assert near.numbers == ((limits.lowest or 1, limits.highest or 12),)
    (own,) = start_answers(near.problem, best.plan, 1)
    assert near.base == (own,)


def test_ties_are_asked_by_turns_kept_and_cut_those_of_the_most_residents_first(ground, best):
    near = block_of(ground, best.plan)
    (block,), (base,) = near.problem.blocks, near.base
    kept = keeps(block, base.seat_of)
    order = [tie for _, tie in find_unanimous(near, [[kept, kept]])]
    assert sorted(order) == list(range(len(block.ties)))
    shorter = 2 * min(kept.sum(), (~kept).sum())
    assert kept[order[:shorter]].tolist() == [True, False] * (shorter // 2)
    least = block.attributes["population"][block.ties].min(axis=1)
    for kind in (True, False):
        residents = [least[tie] for tie in order if kept[tie] == kind]
        assert residents == sorted(residents, reverse=True)
    assert find_unanimous(near, [[kept, ~kept]]) == []


def test_to_depart_from_no_votes_is_to_stay(ground, best):
    near = block_of(ground, best.plan)
    (base,) = near.base
    task = Departure(0, start=base.seat_of, votes=(0,) * len(near.problem.blocks[0].ties))
    assert depart(near.problem, task, lambda: False).seat_of == base.seat_of


def test_to_depart_within_no_budget_at_all_finds_at_most_a_plan_as_cheap(ground, best):
    near = block_of(ground, best.plan, within=0.0)
    (base,), (block,) = near.base, near.problem.blocks
    votes = cast_votes([keeps(block, base.seat_of)])
    weight = starting_weight(base.cost, base.cost, votes)
    asked = Departure(
        0,
        number=near.numbers[0],
        start=base.seat_of,
        votes=votes,
        budget=near.budgets[0],
        weight=weight,
    )
    assert depart(near.problem, asked, lambda: False).cost <= near.budgets[0]


def probed(ground, plan, pair, within):
    near = block_of(ground, plan, within)
    (block,) = near.problem.blocks
    ids = [(block.ids[a], block.ids[b]) for a, b in block.ties.tolist()]
    tie = ids.index(pair)
    kept = bool(keeps(block, near.base[0].seat_of)[tie])
    task = Probe(
        0,
        number=near.numbers[0],
        start=near.base[0].seat_of,
        tie=tie,
        kept=kept,
        budget=near.budgets[0],
    )
    return probe(near.problem, task, lambda: False), kept, block, tie


def test_a_probe_proves_within_a_narrow_budget_and_refutes_within_a_wide_one(ground, best):
    pair = ("990101000", "990102000")
    proof, *_ = probed(ground, best.plan, pair, 0.02)
    assert is_proven(proof)
    assert not proof.seat_of
    found, kept, block, tie = probed(ground, best.plan, pair, 3.0)
    assert not is_proven(found)
    assert bool(keeps(block, found.seat_of)[tie]) is not kept
    assert found.cost <= 4 * best.certificate.cost


def test_what_no_plan_of_the_rules_does_is_proven_whatever_it_may_cost():
    together = [{"units": ["990101000", "990102000"]}]
    bound = prepare("toy", overrides=ONE_PROCESS | {"rules.keep_together": together})
    plan = answer(bound).plan
    answered, kept, *_ = probed(bound, plan, ("990101000", "990102000"), 1.0)
    assert kept
    assert is_proven(answered)


def test_the_folder_holds_a_plan_each_the_tables_the_layers_and_the_map(found, tmp_path):
    folder = tmp_path / "study"
    found.write(folder)
    names = {path.name for path in folder.iterdir()}
    assert names == {
        *(f"assignment-{name}.csv" for name in found.plans),
        *("alternatives.csv", "alternatives.json", "report.html", "summary.md"),
        *(f"{table}_certainty.csv" for table in ("ties", "units", "municipalities", "parents")),
        *("certainty.gpkg", "certainty.png"),
    }
    for name, plan in found.plans.items():
        assert read_assignment(folder / f"assignment-{name}.csv") == plan
    record = json.loads((folder / "alternatives.json").read_text("utf-8"))
    assert record["within_percent"] == 12
    assert [row["alternative"] for row in record["plans"]] == list(found.plans)
    ties = pd.read_csv(folder / "ties_certainty.csv", dtype={"a": str, "b": str})
    assert ties["synthetic"].all()
    assert ties["a"].str.len().eq(9).all()
    summary = (folder / "summary.md").read_text("utf-8")
    assert "Synthetic" in summary
    assert "| alternative | cost |" in summary


def test_a_former_study_is_replaced_only_on_demand_and_a_run_never(tmp_path):
    marks = {"study": "alternatives.json", "run": "run.json"}
    for name, mark in marks.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / mark).write_text("{}")
    files = files_of("alternatives")
    (told,) = check_run_folder(tmp_path / "study", files=files)
    assert told.found == "a former run"
    assert check_run_folder(tmp_path / "study", files=files, overwrite=True) == []
    (told,) = check_run_folder(tmp_path / "run", files=files, overwrite=True)
    assert told.found == "files of others: run.json"
    (tmp_path / "study" / "assignment-3.csv").touch()
    assert check_run_folder(tmp_path / "study", files=files, overwrite=True) == []
    (tmp_path / "study" / "assignments.csv").touch()
    (told,) = check_run_folder(tmp_path / "study", files=files, overwrite=True)
    assert "files that no run wrote: assignments.csv" in told.found


def test_a_study_of_a_table_without_polygons_has_no_map(found, tmp_path):
    from dataclasses import replace  # noqa: PLC0415

    bare = pd.DataFrame(found.territory.units.drop(columns="geometry"))
    table = replace(found, territory=replace(found.territory, units=bare, crs=None))
    table.write(tmp_path / "study")
    assert not (tmp_path / "study" / "certainty.gpkg").exists()
    assert "certainty.png" not in (tmp_path / "study" / "summary.md").read_text("utf-8")
    with pytest.raises(DataError, match="polygons to draw"):
        table.plot()


def test_a_study_shows_itself(found):
    assert repr(found).startswith("<Alternatives toy (synthetic data): 3 alternatives")
    assert "<table" in found._repr_html_()
