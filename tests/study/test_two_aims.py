"""The frontier between two aims: what it claims of a small territory, all plans say too."""

import json
import math

import pandas as pd
import pytest

import amalgamation as am
from amalgamation.cli import main
from amalgamation.errors import InputError
from amalgamation.plan import Plan
from amalgamation.solve import capped
from amalgamation.study.two_aims import Point, TwoAims
from amalgamation.study.two_aims import trace as tracing
from amalgamation.write import read_assignment

HERE = {"solve.processes": 1, "solve.gap_percent": 0}
BETWEEN = ("access", "balance.population")
ALONE = Plan.from_seats({"u1": "u1"})


@pytest.fixture(scope="module")
def found():
    return am.frontier("toy", between=BETWEEN, points=5, overrides=HERE)


def test_each_point_is_at_least_as_good_as_those_within_tighter_limits(found):
    """Tighter limits leave fewer plans, so the least of the first aim can only rise."""
    firsts = found.table["access_person-km"].to_list()
    assert firsts == sorted(firsts, reverse=True)
    assert found.table["balance.population_people"].is_monotonic_increasing


def test_every_plan_keeps_its_limit(found):
    table = found.table.dropna(subset="balance.population_at_most")
    assert len(table) == 4
    within = table["balance.population_people"] <= table["balance.population_at_most"] + 1e-6
    assert within.all()


def test_no_plan_of_any_weights_lies_in_the_region_that_is_proven_empty(found):
    """Weighted sums know nothing of limits: their plans must lie outside all the same."""
    for weight in (0.1, 0.3, 1.0, 3.0):
        aims = {"access": 1.0, "balance": {"population": weight}}
        result = am.run("toy", overrides=HERE | {"aims": aims})
        access, balance = (aim.raw for aim in result.certificate.aims)
        assert balance >= found.least_second * (1 - 1e-9)
        assert access >= found.bound_at(balance) * (1 - 1e-6)


def test_bounds_of_looser_limits_count_for_tighter_ones(found):
    """A bound that holds for more plans holds for fewer."""
    assert found.bound_at(found.least_second * 0.99) == math.inf
    steps = [bound for _, bound in found.corners()]
    assert steps == sorted(steps, reverse=True)


def point(name, first, second, most, bound=0.0):
    return Point(name, ALONE, first, second, most, bound, "optimal", 0.0)


def test_a_plan_that_another_one_beats_is_called_dominated():
    """Equal in both aims is no defeat."""
    points = (point("1", 5.0, 1.0, 1.0), point("2", 5.0, 2.0, 2.0), point("3", 5.0, 1.0, 3.0))
    assert [[p.beats(other) for other in points] for p in points] == [
        [False, True, False],
        [False, False, False],
        [False, True, False],
    ]


def test_a_limit_is_broken_nowhere_though_blocks_share_it():
    """With rayons as walls the limit binds two blocks together, by prices and then by one row."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(capped, "_FEW_UNITS", 0)
        overrides = HERE | {"rules.walls": ["rayon"], "rules.population.min": 6000}
        priced = am.frontier("toy", between=BETWEEN, points=3, overrides=overrides)
    at_once = am.frontier("toy", between=BETWEEN, points=3, overrides=overrides)
    pd.testing.assert_frame_equal(
        priced.table.drop(columns=["seconds", "municipalities"]),
        at_once.table.drop(columns=["seconds", "municipalities"]),
        rtol=1e-6,
    )


def test_the_folder_holds_table_picture_record_and_plans(found, tmp_path):
    found.write(tmp_path / "study")
    names = {path.name for path in (tmp_path / "study").iterdir()}
    assert {"frontier.csv", "frontier.png", "frontier.json", "summary.md"} < names
    table = pd.read_csv(tmp_path / "study" / "frontier.csv", dtype={"point": str})
    assert table["access_bound"].to_list() == pytest.approx(found.table["access_bound"].to_list())
    for name in table["point"]:
        plan = read_assignment(tmp_path / "study" / f"assignment-{name}.csv")
        assert plan.municipalities == found.plans[name].municipalities
    record = json.loads((tmp_path / "study" / "frontier.json").read_text(encoding="utf-8"))
    assert record["synthetic"]
    assert record["points"][-1]["balance.population_at_most"] is None


def test_it_shows_itself_and_says_that_data_are_made_up(found):
    assert "Synthetic" in found._repr_html_()
    assert "synthetic" in repr(found)


def test_an_interrupt_keeps_the_points_that_were_found(monkeypatch):
    """Ctrl-C between two points must not lose those before."""

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(tracing._Tracer, "_between", interrupt)
    kept = am.frontier("toy", between=BETWEEN, points=5, overrides=HERE)
    assert kept.interrupted
    assert list(kept.plans) == ["1", "5"]


def test_what_was_not_proven_is_said(found):
    loose = TwoAims(
        **{name: getattr(found, name) for name in ("scenario", "territory", "aims", "units")},
        references=found.references,
        points=(point("1", 5.0, 1.0, 1.0, bound=4.0), point("2", 3.0, 2.0, math.inf, bound=3.0)),
        least_second=1.0,
        missing=(1.5,),
    )
    said = " ".join(loose.sentences())
    assert "Not proven to 0 % in the time: 1;" in said
    assert "No plan was found in the time with balance.population at most 1.5." in said


@pytest.mark.parametrize(
    ("between", "points", "words"),
    [
        (("access",), 5, "two aims"),
        (("access", "access"), 5, "two aims"),
        (("access", "number"), 5, "frontier.csv"),
        (("acess", "ties_cut"), 5, "did you mean access?"),
        (("access", "ties_cut"), 1, "2 or more"),
        (("access", "wishes"), 5, "add aims.wishes"),
    ],
)
def test_a_slip_in_the_aims_is_refused_with_what_to_do(between, points, words):
    with pytest.raises(InputError, match=words.replace("?", r"\?")):
        am.frontier("toy", between=between, points=points)


def test_an_unknown_attribute_is_refused_before_anything_is_solved():
    with pytest.raises(InputError, match="attribute popultion"):
        am.frontier("toy", between=("access", "balance.popultion"), points=2, overrides=HERE)


def test_the_command_writes_the_folder_and_refuses_a_slip(tmp_path, capsys):
    settings = [part for key, value in HERE.items() for part in ("--set", f"{key}={value}")]
    asked = ["frontier", "toy", "--points", "2", *settings, "-o", str(tmp_path / "a")]
    assert main([*asked, "--between", "access,ties_cut"]) == 0
    assert "SYNTHETIC" in capsys.readouterr().out
    assert (tmp_path / "a" / "frontier.csv").is_file()
    assert main([*asked, "--between", "access,tie_cut"]) == 2
    assert "did you mean ties_cut?" in capsys.readouterr().err
