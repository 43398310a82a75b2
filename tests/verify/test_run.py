"""A run folder is judged from its files alone: each file tampered with must be found out."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from amalgamation.bundled import bundled_folder
from amalgamation.findings import Severity, errors_in
from amalgamation.graph import build_graph
from amalgamation.measure import measure_plan
from amalgamation.plan import Plan
from amalgamation.provenance import read_source
from amalgamation.status import AimValue, Certificate, Status
from amalgamation.territory import read_territory
from amalgamation.verify import plan_values, verify_run
from amalgamation.write.record import RunRecord
from amalgamation.write.run import write_run
from strategies import build_scenario

UNITS = """code,name,population,area_km2,rayon
001,Ak,500,10,11
002,Kok,200,20,11
003,Sary,700,30,12
"""
WISHES = {"weight": 1.0, "wishes": [{"unit": "001", "with": "002"}]}
TIES = """from,to,km,border_km
001,002,2,1
002,003,3,4
"""


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "units.csv").write_text(UNITS)
    (folder / "ties.csv").write_text(TIES)
    return folder


@pytest.fixture
def run(tmp_path, data):
    scenario = build_scenario(
        {"population": {"min": 600}},
        {"access": 1.0, "balance": {"population": 0.5}, "wishes": WISHES},
        territory={"units": "units.csv", "parents": {"rayon": "rayon"}},
        graph={"ties": {"file": "ties.csv"}},
        write=["csv"],
    )
    territory = read_territory(scenario.territory, data)
    graph = build_graph(territory, scenario.graph, data)
    plan = Plan.from_seats({"001": "001", "002": "001", "003": "003"})
    raws = plan_values(plan, scenario, territory, graph, {"population": 650.0})
    assert raws == {"access": 400.0, "balance.population": 100.0, "wishes": 0.0}
    aims = (
        AimValue("access", "person-km", 400.0, 200.0, 1.0),
        AimValue("balance.population", "residents", 100.0, 100.0, 0.5, target=650.0),
        AimValue("wishes", "wishes, weighted", 0.0, 1.0, 1.0),
    )
    folder = tmp_path / "run"
    record = RunRecord(
        scenario=scenario,
        plan=plan,
        territory=territory,
        graph=graph,
        scorecard=measure_plan(plan, territory, graph),
        certificate=Certificate(Status.OPTIMAL, 2.5, 2.5, aims),
        inputs=(*territory.sources, *graph.sources),
        formats=("csv",),
    )
    write_run(folder, record)
    return folder


def checks(findings):
    return [finding.check for finding in findings]


def change_record(folder, change):
    path = folder / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")


def test_a_run_that_tells_the_truth_gives_no_finding(run, data):
    """The balance target, which the scenario leaves open, is the recorded one."""
    assert verify_run(run, data) == ()


def test_a_changed_assignment_is_found_by_the_rule_it_breaks(run, data):
    path = run / "assignment.csv"
    path.write_text(path.read_text().replace("002,001,001", "002,003,003"))
    found = checks(verify_run(run, data))
    assert "rules.population.min" in found
    assert "certificate.aims.access.raw" in found


def test_a_changed_input_is_found_by_its_hash(run, data):
    """One more km2 breaks no rule and no aim: only the hash tells."""
    (data / "units.csv").write_text(UNITS.replace(",10,", ",11,"))
    (finding,) = verify_run(run, data)
    assert (finding.check, finding.subjects) == ("input-changed", ("units.csv",))


def test_an_input_that_the_record_hides_is_found(run, data):
    change_record(run, lambda record: record["inputs"].pop())
    assert checks(verify_run(run, data)) == ["input-changed"]


def test_an_input_that_cannot_be_compared_is_told_not_refused(run, data):
    """The scenario itself stands in the record: its file may be gone."""
    gone = {"role": "scenario", "path": "gone.yaml", "sha256": "0" * 64}
    change_record(run, lambda record: record["inputs"].append(gone))
    (finding,) = verify_run(run, data)
    assert finding.severity is Severity.NOTE
    assert errors_in([finding]) == []


def test_a_changed_cost_and_bound_are_found(run, data):
    change_record(run, lambda record: record["certificate"].update(cost=2.4, bound=2.4))
    assert checks(verify_run(run, data)) == ["certificate.cost"]
    change_record(run, lambda record: record["certificate"].update(cost=2.5, bound=None))
    assert checks(verify_run(run, data)) == ["certificate.status"]


def test_a_run_without_certificate_is_judged_by_its_rules(run, data):
    change_record(run, lambda record: record.update(certificate=None))
    assert verify_run(run, data) == ()


@pytest.mark.parametrize(
    ("status", "severity"), [("measured", Severity.WARNING), ("feasible", Severity.ERROR)]
)
def test_a_rule_that_a_measured_plan_breaks_is_a_warning(run, data, status, severity):
    """Nobody claimed that it keeps the rules; of a plan that was solved for, somebody did."""
    change_record(run, lambda record: record["scenario"]["rules"]["population"].update(min=701))
    change_record(run, lambda record: record["certificate"].update(status=status, bound=None))
    findings = verify_run(run, data)
    assert checks(findings) == ["rules.population.min"] * 2
    assert {finding.severity for finding in findings} == {severity}


def test_the_folder_of_the_run_serves_where_the_inputs_lie_in_it(run, data):
    for path in data.iterdir():
        (run / path.name).write_bytes(path.read_bytes())
    assert verify_run(run) == ()


def test_the_ties_are_read_in_the_encoding_of_the_scenario(run, data):
    for path in data.iterdir():
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")

    def change(record):
        record["scenario"]["territory"].update(encoding="utf-16")
        for source in record["inputs"]:
            source["sha256"] = read_source(source["role"], data / source["path"]).sha256

    change_record(run, change)
    assert verify_run(run, data) == ()


def test_a_scorecard_of_another_plan_is_found(run, data):
    path = run / "scorecard.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    findings = verify_run(run, data)
    assert checks(findings) == ["outputs.scorecard.csv"] * 2
    assert findings[0].found == "1 municipality"
    assert findings[1].expected == "1,400 residents"


def test_municipalities_on_the_map_are_counted(run, data):
    features = [{"properties": {"population": 700}}, {"properties": {"population": 700}}]
    path = run / "municipalities.geojson"
    path.write_text(json.dumps({"features": features}))
    assert verify_run(run, data) == ()
    path.write_text(json.dumps({"features": features[:1]}))
    assert checks(verify_run(run, data)) == ["outputs.municipalities.geojson"] * 2
    path.write_text("{}")
    assert checks(verify_run(run, data)) == ["outputs.municipalities.geojson"]


@pytest.mark.parametrize("name", ["run.json", "assignment.csv"])
def test_a_missing_file_is_a_finding_and_no_crash(run, data, name):
    (run / name).unlink()
    assert checks(verify_run(run, data)) == ["run-record"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": 2}', '{"format": 1}', '{"format": 1, "scenario": 3}']
)
def test_a_record_that_is_none_is_a_finding_and_no_crash(run, data, content):
    (run / "run.json").write_text(content)
    (finding,) = verify_run(run, data)
    assert finding.where == "run/run.json"


def test_inputs_that_are_gone_are_named(run, data):
    (data / "units.csv").unlink()
    findings = verify_run(run, data)
    assert any("units.csv" in finding.sentence() for finding in findings)
    assert errors_in(findings)


def test_inputs_that_are_elsewhere_name_the_option_and_the_folder_that_is_meant(run, tmp_path):
    """A run does not record machine paths, so only the user knows where its data lie."""
    (finding,) = verify_run(run)
    assert finding.found == "no file units.csv"
    assert "--data-folder DIR" in finding.remedy
    assert finding.expected == ("the input of the run, relative to the folder of its scenario file")
    assert "folder of the scenario file" in finding.remedy
    (finding,) = verify_run(run, tmp_path)
    assert finding.found == f"no file units.csv in {tmp_path}"
    assert "--data-folder DIR" in finding.remedy


def test_a_bundled_scenario_is_looked_up_where_it_is_bundled(run, data):
    file = bundled_folder("scenarios") / "toy.yaml"
    told = asdict(read_source("scenario base", file, "toy (bundled)"))
    change_record(run, lambda record: record["inputs"].append(told))
    assert verify_run(run, data) == ()
    change_record(run, lambda record: record["inputs"][-1].update(sha256="0" * 64))
    (finding,) = verify_run(run, data)
    assert (finding.check, finding.subjects) == ("input-changed", ("toy (bundled)",))
    change_record(run, lambda record: record["inputs"][-1].update(path="gone (bundled)"))
    (finding,) = verify_run(run, data)
    assert (finding.check, finding.severity) == ("input-not-compared", Severity.NOTE)


def test_a_bundled_territory_needs_no_folder(tmp_path):
    scenario = build_scenario(aims={"access": 1.0}, write=["csv", "geojson"])
    territory = read_territory(scenario.territory, Path())
    graph = build_graph(territory, scenario.graph, Path())
    plan = Plan.from_seats({unit: unit for unit in territory.ids})
    aims = (AimValue("access", "person-km", 0.0, 1.0, 1.0),)
    record = RunRecord(
        scenario=scenario,
        plan=plan,
        territory=territory,
        graph=graph,
        scorecard=measure_plan(plan, territory, graph),
        certificate=Certificate(Status.OPTIMAL, 0.0, 0.0, aims),
        inputs=territory.sources,
        formats=("csv", "geojson"),
    )
    write_run(tmp_path / "run", record)
    assert verify_run(tmp_path / "run") == ()
    write_run(tmp_path / "other", replace(record, inputs=()))
    assert checks(verify_run(tmp_path / "other")) == ["input-changed"]
