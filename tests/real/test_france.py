"""Two real departments: a verified plan with an honest gap, beside the real groupings.

The real groupings were drawn by mayors and prefects, not by access alone: agreement is
told, never asked for. Needs the shared data.
"""

import random
from pathlib import Path

import pytest

from amalgamation import run
from amalgamation.api import prepare
from amalgamation.findings import errors_in
from amalgamation.status import Status
from amalgamation.study import compare_plans, read_grouping
from amalgamation.verify import verify_plan

HERE = Path(__file__).parent
FRANCE = HERE.parents[2] / "shared" / "data" / "france"
# Enough for a plan and a bound, not for a proof: the scenarios themselves ask for more.
SHORT = {"solve.minutes": 0.3, "solve.gap_percent": 5, "solve.processes": 1}
CODES = {"lozere": "48", "lozere-15000": "48", "creuse": "23", "creuse-15000": "23"}

pytestmark = pytest.mark.skipif(
    not FRANCE.is_dir(), reason="needs ../shared/data/france, which a bare clone lacks"
)


def real_grouping(name):
    return read_grouping(FRANCE / f"communes_{CODES[name]}.csv", "code", "epci")


@pytest.mark.slow
@pytest.mark.parametrize("name", list(CODES))
def test_a_department_gets_a_verified_plan_beside_the_real_groupings(name, capsys):
    result = run(HERE / f"{name}.yaml", overrides=SHORT, allow_outside=True)
    certificate = result.certificate
    assert certificate.status in (Status.OPTIMAL, Status.WITHIN_GAP, Status.FEASIBLE)
    assert 0 < certificate.bound <= certificate.cost
    assert (
        verify_plan(result.plan, result.scenario, result.territory, result.graph, certificate) == ()
    )
    people = result.territory.values("population").to_dict()
    agreed = compare_plans(result.plan.municipality_of, real_grouping(name), people)
    assert (agreed.only_first, agreed.only_second) == ((), ())
    assert -1 <= agreed.rand_index <= 1
    assert 0 <= agreed.pair_f1 <= 1
    assert 0 <= agreed.identical_share <= 1
    told = f"{name}: {certificate.sentence()}; beside the real groupings: {agreed.sentence()}"
    with capsys.disabled():
        print(f"\n{told}")  # noqa: T201 - the agreement is told, not asked for


@pytest.mark.parametrize(("name", "groups"), [("lozere", 11), ("creuse", 10)])
def test_the_real_groupings_agree_with_themselves_and_hardly_with_chance(name, groups):
    """What the figures of the plans are to be read against: 1 is identical, 0 is chance."""
    real = real_grouping(name)
    same = compare_plans(real, {unit: f"other {group}" for unit, group in real.items()})
    assert (same.groups, same.rand_index, same.identical_share) == ((groups, groups), 1.0, 1.0)
    shuffled = list(real.values())
    random.Random(1).shuffle(shuffled)  # noqa: S311 - seeded, no secret
    chance = compare_plans(real, dict(zip(real, shuffled, strict=True)))
    assert abs(chance.rand_index) < 0.05


@pytest.mark.parametrize("name", list(CODES))
def test_a_department_is_read_whole_and_nothing_forbids_a_plan(name):
    ground = prepare(HERE / f"{name}.yaml", allow_outside=True)
    assert sorted(ground.territory.ids) == sorted(real_grouping(name))
    assert len(ground.graph.components) == 1
    assert ground.impossible == ()
    assert errors_in(ground.findings) == []


def test_the_commune_that_lies_apart_is_tied_by_a_link_and_named():
    """Chambon-le-Château merged into a commune of the next department."""
    ground = prepare(HERE / "lozere.yaml", allow_outside=True)
    (finding,) = [f for f in ground.findings if "48038" in f.subjects]
    assert "Chambon-le-Château" in finding.where
    links = ground.graph.ties.query("kind == 'link'")
    assert [sorted(pair) for pair in links[["a", "b"]].to_numpy().tolist()] == [["48038", "48139"]]


def test_codes_that_only_one_file_knows_are_named_and_left_out(tmp_path):
    """A table of another year: one commune is missing, one is new."""
    text = (FRANCE / "communes_48.csv").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if not row.startswith("48002,")]
    table = tmp_path / "communes.csv"
    table.write_text("\n".join([*rows, "48999,Nouvelle-Commune,100,200069144"]), encoding="utf-8")
    scenario = (HERE / "lozere.yaml").read_text(encoding="utf-8")
    scenario = scenario.replace("../../../shared/data/france/communes_48.csv", "communes.csv")
    scenario = scenario.replace("../../../shared/data/france", FRANCE.as_posix())
    (tmp_path / "lozere.yaml").write_text(scenario, encoding="utf-8")
    ground = prepare(tmp_path / "lozere.yaml", allow_outside=True)
    assert "48002" not in ground.territory.ids
    told = " ".join(finding.sentence() for finding in ground.findings)
    assert "48002" in told
    assert "48999" in told
