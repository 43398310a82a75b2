"""What binds a plan as a whole is recomputed: limits on aims, and each stage of an order."""

import json
from dataclasses import replace

import pytest

import amalgamation as am
from amalgamation.plan import Plan
from amalgamation.status import AimValue, CapValue, Certificate, Stage, Status
from amalgamation.verify import verify_plan, verify_run
from strategies import build_scenario, build_territory, build_unit_graph

PLAN = Plan.from_seats({"u1": "u1", "u2": "u1", "u3": "u3"})
# Access 200 x 2; balance |750 - 900| twice.
ACCESS = AimValue("access", "person-km", raw=400.0, reference=200.0, weight=0.5)
BALANCE = AimValue("balance.population", "residents", 300.0, 100.0, 0.25, target=900.0)
CAP = CapValue("access", "person-km", 400.0, 450.0)
FIRST = Stage(("balance.population",), 0.75, 0.75, 0.75)
SECOND = Stage(("access",), 1.0, 1.0)
TRUE = Certificate(
    Status.OPTIMAL, 1.75, 1.75, (ACCESS, BALANCE), caps=(CAP,), stages=(FIRST, SECOND)
)


def judge(certificate, at_most=450.0, order=("balance.population", "access")):
    """Judge on units with 550, 200 and 750 residents in a row, 2 km apart."""
    territory = build_territory([550, 200, 750])
    graph = build_unit_graph(3, [(1, 2, 2.0, 1.0), (2, 3, 2.0, 1.0)])
    balance = {"population": {"weight": 0.25, "target": 900.0}}
    aims = {"access": 0.5, "balance": balance, "order": list(order)}
    scenario = build_scenario({"at_most": {"access": at_most}}, aims)
    findings = verify_plan(PLAN, scenario, territory, graph, certificate)
    return [finding.check for finding in findings]


def test_a_true_certificate_gives_no_finding():
    assert judge(TRUE) == []


def test_a_plan_beyond_a_limit_breaks_a_rule_whatever_is_claimed():
    tight = replace(TRUE, caps=(replace(CAP, most=399.0),))
    assert judge(tight, at_most=399.0) == ["rules.at_most.access"]
    assert judge(None, at_most=399.0) == ["rules.at_most.access"]


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        (replace(TRUE, caps=()), "certificate.caps"),
        (replace(TRUE, caps=(replace(CAP, most=500.0),)), "certificate.caps.access.most"),
        (replace(TRUE, caps=(replace(CAP, raw=390.0),)), "certificate.caps.access.raw"),
        (replace(TRUE, stages=()), "certificate.stages"),
        (replace(TRUE, stages=(SECOND, FIRST)), "certificate.stages"),
        (
            replace(TRUE, stages=(replace(FIRST, value=0.7), SECOND)),
            "certificate.stages[1].value",
        ),
        (
            replace(TRUE, stages=(replace(FIRST, bound=0.8), SECOND)),
            "certificate.stages[1].bound",
        ),
        (
            replace(TRUE, stages=(replace(FIRST, limit=0.7), SECOND)),
            "certificate.stages[1].limit",
        ),
        (replace(TRUE, stages=(FIRST, replace(SECOND, bound=0.5))), "certificate.bound"),
    ],
)
def test_each_claim_that_is_not_so_is_named(certificate, expected):
    assert expected in judge(certificate)


def test_a_run_folder_keeps_limits_and_stages_and_is_judged_by_them(tmp_path):
    """What the command wrote holds; a value that was touched does not."""
    overrides = {
        "solve.processes": 1,
        "solve.gap_percent": 5,
        "write": ["csv"],
        "rules.at_most.ties_cut": 5000.0,
        "aims.balance": {"population": {"weight": 1.0, "target": 12000.0}},
        "aims.order": ["access", "balance.population"],
    }
    result = am.run("toy", overrides=overrides)
    result.write(tmp_path / "run")
    assert [f for f in verify_run(tmp_path / "run") if str(f.severity) == "error"] == []
    path = tmp_path / "run" / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    assert [stage["aims"] for stage in record["certificate"]["stages"]] == [
        ["access"],
        ["balance.population"],
    ]
    record["certificate"]["stages"][0]["limit"] /= 2
    path.write_text(json.dumps(record), encoding="utf-8")
    assert "certificate.stages[1].limit" in [f.check for f in verify_run(tmp_path / "run")]
