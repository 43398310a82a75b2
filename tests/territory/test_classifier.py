"""Units and parents against the national list of codes, where the scenario names it."""

from pathlib import Path

import pytest

from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory import read_territory
from bad_input_files import ask, only, read, refused, write_units

CODES = ["110000001", "110000002", "120000001"]
LIST = """\
kato,rus
110000000,Акмолинская
120000000,Алматинская
110000001,Ясень
110000002,Берёза
120000001,Кедр
120000009,Другое
"""
SHARED = Path(__file__).parents[3] / "shared" / "data" / "kazakhstan"


def scenario(folder, codes=CODES, text=LIST, **keys):
    write_units(folder, code=codes)
    (folder / "kato.csv").write_text(text, encoding="utf-8")
    territory = {
        "units": "units.gpkg",
        "parents": {"oblast": {"prefix": 2}},
        "classifier": {"path": "kato.csv", "id": "kato"} | keys,
    }
    return ask(folder, territory)


def test_codes_that_the_list_knows_are_read_and_parents_named_by_it(tmp_path):
    territory = read(scenario(tmp_path, columns={"name": "rus"}))
    assert territory.parent_names == {"oblast": {"11": "Акмолинская", "12": "Алматинская"}}
    assert [source.role for source in territory.sources] == ["units", "classifier"]
    assert read(scenario(tmp_path)).parent_names == {}


def test_a_unit_that_the_list_does_not_know_is_refused_with_the_nearest(tmp_path):
    finding = only(scenario(tmp_path, ["110000001", "110000003", "120000001"]))
    assert finding["where"] == "territory.classifier"
    assert finding["found"].startswith(
        "units that kato.csv does not know (1): 110000003 (Birch); 110000003 is like 11000000"
    )
    assert finding["expected"] == "codes of the 6 rows of kato.csv"
    assert "territory.crosswalk" in finding["remedy"]


def test_a_parent_that_the_list_does_not_know_is_refused(tmp_path):
    text = LIST.replace("120000000,Алматинская\n", "")
    assert only(scenario(tmp_path, text=text))["found"].startswith(
        "parents of the tier oblast that kato.csv does not know (1): 12"
    )


def test_parents_in_a_column_stand_in_the_list_as_they_are(tmp_path):
    write_units(tmp_path, county=["X", "X", "Y"])
    (tmp_path / "list.csv").write_text("id\n01\n02\n10\nX\n")
    section = {
        "units": "units.gpkg",
        "parents": {"county": "county"},
        "classifier": {"path": "list.csv", "id": "id"},
    }
    assert "(1): Y" in only(ask(tmp_path, section))["found"]


def test_a_list_without_its_column_is_refused_with_the_nearest(tmp_path):
    finding = only(scenario(tmp_path, columns={"name": "russ"}))
    assert (finding["found"], finding["remedy"]) == ("no column russ", "did you mean rus?")


def test_it_is_told_together_with_what_else_is_wrong(tmp_path):
    write_units(tmp_path, code=["110000009", *CODES[1:]], population=[1, -2, 3])
    (tmp_path / "kato.csv").write_text(LIST, encoding="utf-8")
    section = {"units": "units.gpkg", "classifier": {"path": "kato.csv", "id": "kato"}}
    found = [one["check"] for one in refused(ask(tmp_path, section))]
    assert found == ["number-negative", "unknown-code"]


def test_the_list_may_not_lie_outside_the_folder(tmp_path):
    write_units(tmp_path)
    section = {"units": "units.gpkg", "classifier": {"path": "../kato.csv", "id": "kato"}}
    assert "leads out of the scenario" in only(ask(tmp_path, section))["found"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/kazakhstan")
def test_the_kato_knows_all_third_tier_units_of_2026_and_names_their_parents():
    section = TerritorySection.model_validate(
        {
            "units": "third_tier_units_2026.csv",
            "id": "kato",
            "parents": {"oblast": {"prefix": 2}, "district": {"prefix": 4}},
            "classifier": {"path": "kato.csv", "id": "kato", "columns": {"name": "name_ru"}},
        }
    )
    territory = read_territory(section, SHARED)
    assert len(territory.ids) == 2321
    assert territory.parent_names["oblast"]["10"] == "область Абай"
    assert len(territory.parent_names["district"]) == territory.units["district"].nunique()
