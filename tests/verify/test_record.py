"""What a run folder says of itself is read as it stands, or refused with what is wrong."""

import json
import math

import pytest

from amalgamation.errors import DataError
from amalgamation.status import Status
from amalgamation.verify.record import read_assignment, read_record

AIM = {"name": "access", "unit": "person-km", "raw": None, "reference": 2, "weight": 1}
RECORD = {
    "format": 1,
    "scenario": {"scenario": "mine", "territory": {"dataset": "toy"}},
    "certificate": {"status": "optimal", "cost": 3, "bound": None, "aims": [AIM]},
    "inputs": [{"role": "units", "path": "units.csv", "sha256": "0"}],
}


def refused(folder, read):
    with pytest.raises(DataError) as caught:
        read(folder)
    (found,) = caught.value.findings
    assert found.check == "run-record"
    assert found.remedy == "run the scenario again"
    return found.where.split("/")[-1], found.found, found.expected


def test_a_record_is_read_with_nothing_for_what_json_cannot_say(tmp_path):
    """An absent bound proves nothing, an absent cost is that of no plan."""
    (tmp_path / "run.json").write_text(json.dumps(RECORD))
    record = read_record(tmp_path)
    certificate, (aim,) = record.certificate, record.certificate.aims
    assert (certificate.status, certificate.cost) == (Status.OPTIMAL, 3.0)
    assert certificate.bound == -math.inf
    assert math.isnan(aim.raw)
    assert (aim.name, aim.unit) == ("access", "person-km")
    assert (aim.reference, aim.weight, aim.target) == (2.0, 1.0, None)
    assert [source.path for source in record.inputs] == ["units.csv"]
    aim = AIM | {"target": 5, "raw": 7, "reference": None}
    changed = RECORD["certificate"] | {"cost": None, "aims": [aim]}
    (tmp_path / "run.json").write_text(json.dumps(RECORD | {"certificate": changed}))
    record = read_record(tmp_path)
    assert record.certificate.cost == math.inf
    assert (record.certificate.aims[0].target, record.certificate.aims[0].raw) == (5.0, 7.0)
    assert math.isnan(record.certificate.aims[0].reference)


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("", "Expecting value", "the record of a run"),
        ("[]", "list", "a JSON object"),
        ('{"format": 2}', "format 2", "format 1"),
        ('{"format": 1}', "KeyError: 'scenario'", "scenario, certificate and inputs as"),
    ],
)
def test_a_record_that_is_none_is_refused_with_what_it_is(tmp_path, text, found, expected):
    (tmp_path / "run.json").write_text(text)
    told = refused(tmp_path, read_record)
    assert told[0] == "run.json"
    assert told[1].startswith(found)
    assert told[2].startswith(expected)


def test_names_are_read_in_any_alphabet(tmp_path):
    scenario = RECORD["scenario"] | {"title": "Ірі ауылдар"}
    text = json.dumps(RECORD | {"scenario": scenario}, ensure_ascii=False)
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    assert read_record(tmp_path).scenario.title == "Ірі ауылдар"


def test_a_unit_may_be_called_as_pandas_calls_nothing(tmp_path):
    rows = ["unit_id,municipality_id,seat_id", "NA,NA,NA", "007,NA,NA"]
    (tmp_path / "assignment.csv").write_text("\n".join(rows) + "\n")
    assert read_assignment(tmp_path).municipalities == {"NA": ("007", "NA")}


def test_an_assignment_that_is_no_table_is_refused_with_what_is_wrong(tmp_path):
    (tmp_path / "assignment.csv").write_text("")
    name, found, expected = refused(tmp_path, read_assignment)
    assert name == "assignment.csv"
    assert "No columns" in found
    assert expected == "a table of units and municipalities"
