"""`new --from`: what a file's columns seem to mean, written for a person to correct."""

import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from amalgamation.cli import main
from amalgamation.errors import DataError
from amalgamation.scenario import read_scenario, scenario_from_text
from amalgamation.territory import read_territory, scenario_text_from
from amalgamation.territory.look import look_at

CELLS = [box(70 + n % 4 / 10, 50 + n // 4 / 10, 70.1 + n % 4 / 10, 50.1 + n // 4 / 10)
         for n in range(8)]  # fmt: skip
COLUMNS = {
    "KATO": [f"11{1 + n // 4}{n % 2}{n:05d}" for n in range(8)],
    "ADM_RU": [f"Округ {n}" for n in range(8)],
    "oblast": ["11"] * 4 + ["15"] * 4,
    "тип": ["село", "город"] * 4,
    "zone": ["steppe", "steppe", "desert", "desert"] * 2,
    "население": [1000 + n for n in range(8)],
    "area": [1.5 + n for n in range(8)],
}


@pytest.fixture
def units(tmp_path):
    path = tmp_path / "units.gpkg"
    gpd.GeoDataFrame(COLUMNS, geometry=CELLS, crs=4326).to_file(path)
    return path


def test_columns_are_recognised_by_their_words_and_their_values(units):
    guess = look_at(units)
    assert (guess.id, guess.name, guess.type) == ("KATO", "ADM_RU", "тип")
    assert guess.population == "население"
    assert guess.parents == ("oblast",)
    assert set(guess.prefixes) == {2, 4}  # the oblast and the rayon of a KATO
    assert guess.categories == ("zone",)
    assert guess.attributes == ("население", "area")
    assert guess.samples["KATO"] == ("111000000", "111100001", "111000002")


@pytest.mark.usefixtures("units")
def test_the_skeleton_runs_as_it_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "mine", "--from", "units.gpkg"]) == 0
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert "# 111000000, 111100001, 111000002" in text
    file = read_scenario(tmp_path / "mine.yaml")
    territory = read_territory(file.scenario.territory, file.folder)
    assert len(territory.ids) == 8
    assert territory.total("population") == sum(COLUMNS["население"])
    assert set(territory.tiers) == {"oblast", "prefix_2", "prefix_4"}
    capsys.readouterr()
    assert main(["new", "mine", "--from", "units.gpkg"]) == 2  # a person may have edited it
    assert "a file that exists" in capsys.readouterr().err


def test_a_table_is_looked_at_too_and_told_what_it_lacks(tmp_path):
    path = tmp_path / "units.csv"
    rows = "".join(f"{n:04d};Vald {n};{n * 10}\n" for n in range(1, 7))
    path.write_text("ehak;nimi;rahvaarv\n" + rows, encoding="utf-8")
    text = scenario_text_from("estonia", path, "units.csv")
    assert 'id: "ehak" # 0001, 0002, 0003' in text
    assert "A table has no borders" in text
    assert 'attributes: {population: "rahvaarv"}' in text


def test_layers_and_an_absent_crs_are_told(tmp_path):
    path = tmp_path / "units.gpkg"
    for layer in ("rayons", "okrugs"):
        gpd.GeoDataFrame(COLUMNS, geometry=CELLS, crs=4326).to_file(path, layer=layer)
    assert 'layer: "rayons" # of rayons, okrugs' in scenario_text_from("q", path, "units.gpkg")
    bare = tmp_path / "units.shp"
    gpd.GeoDataFrame({"code": list("abcdefgh")}, geometry=CELLS, crs=4326).to_file(bare)
    bare.with_suffix(".prj").unlink()
    assert "crs: EPSG:4326 # the file names none" in scenario_text_from("q", bare, "units.shp")


def test_a_file_that_is_not_there_is_refused_and_nothing_is_written(tmp_path, capsys):
    target = tmp_path / "mine.yaml"
    assert main(["new", "mine", "--from", str(tmp_path / "no.gpkg"), "-o", str(target)]) == 2
    assert "no file" in capsys.readouterr().err
    assert not target.exists()


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=4, unique=True),
    cell=st.text(max_size=12),
)
def test_whatever_columns_and_cells_hold_the_skeleton_is_a_scenario(names, cell, tmp_path_factory):
    """Quotes, line ends and `#` in a name or a value must not become part of the YAML."""
    headers = [name for name in {one.strip() for one in names} if name.isprintable() and name]
    headers = sorted({one.replace('"', "'") for one in headers}) or ["code"]
    path = tmp_path_factory.mktemp("look") / "units.csv"
    value = cell.replace('"', "'").replace("\x00", "")
    lines = [",".join(f'"{one}"' for one in headers)]
    lines += [",".join(f'"row {n} {value}"' for _ in headers) for n in range(3)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")
    text = scenario_text_from("q", path, "units.csv")
    assert scenario_from_text(text).territory.units == "units.csv"


def test_text_in_a_code_page_is_read_and_the_scenario_says_so(tmp_path):
    path = tmp_path / "units.csv"
    path.write_bytes("код,атауы,халық\n0010,Қостанай,900\n0020,Рудный,800\n".encode("kz1048"))
    with pytest.raises(DataError, match=r"for new --from: --encoding kz1048"):
        scenario_text_from("q", path, "units.csv")
    text = scenario_text_from("q", path, "units.csv", encoding="kz1048")
    assert '  encoding: "kz1048"\n' in text
    assert "Қостанай" in text
    with pytest.raises(DataError, match='found the encoding "kz1084"; expected an encoding'):
        scenario_text_from("q", path, "units.csv", encoding="kz1084")
