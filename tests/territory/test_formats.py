"""Every format gives the same territory, and what was lost in one is said."""

from __future__ import annotations

import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest

from amalgamation.territory.archive import MOST_MEMBERS
from bad_input_files import SQUARES, ask, only, read, refused, told, write_units

NAMES = ["Қостанай", "Ақтөбе", "Орал"]
RUSSIAN = ["Костанай", "Актобе", "Уральск"]


DRIVERS = {
    "gdb": "OpenFileGDB",
    "gpkg": "GPKG",
    "json": "GeoJSON",
    "mif": "MapInfo File",
    "tab": "MapInfo File",
}


@pytest.mark.parametrize(
    "file", ["u.gpkg", "u.shp", "u.geojson", "u.json", "u.fgb", "u.gdb", "u.tab", "u.mif", "U.GPKG"]
)
def test_ids_names_and_numbers_are_the_same_in_every_vector_format(tmp_path, file):
    columns = {"code": ["01", "02", "10"], "name": NAMES, "population": np.int32([5, 6, 7])}
    frame = gpd.GeoDataFrame(columns, geometry=SQUARES, crs=4326)
    frame.to_file(tmp_path / file, driver=DRIVERS.get(file.lower().partition(".")[2]))
    territory = read(ask(tmp_path, file))
    assert territory.ids == ("01", "02", "10")
    assert territory.units["name"].tolist() == NAMES
    assert territory.values("population").tolist() == [5, 6, 7]
    assert territory.total("area_km2") == pytest.approx(318.36, abs=0.01)


def test_geoparquet_is_read_where_its_part_is_installed(tmp_path):
    pytest.importorskip("pyarrow")
    frame = gpd.GeoDataFrame({"code": ["01", "02", "10"]}, geometry=SQUARES, crs=4326)
    frame.to_parquet(tmp_path / "u.parquet")
    assert read(ask(tmp_path, "u.parquet")).ids == ("01", "02", "10")


def test_geoparquet_without_its_part_is_refused_with_what_to_install(tmp_path, monkeypatch):
    def missing(_):
        raise ImportError("Missing optional dependency 'pyarrow.parquet'")

    monkeypatch.setattr(gpd, "read_parquet", missing)
    (tmp_path / "u.parquet").write_bytes(b"PAR1" + bytes(20))
    finding = only(ask(tmp_path, "u.parquet"))
    assert finding["remedy"] == "install amalgamation[parquet], or export the file as GeoPackage"


# --- workbooks ------------------------------------------------------------------------


@pytest.mark.parametrize("numbers", [False, True])
def test_an_ods_workbook_is_read_as_text_and_numbers(tmp_path, numbers):
    write_units(tmp_path, code=["110000000", "120000000", "390000000"])
    codes = (
        [110000000, 120000000, 390000000] if numbers else ["110000000", "120000000", "390000000"]
    )
    rows = pd.DataFrame({"id": codes, "tax": [1234567.5, 2, 3], "zone": ["NA", "x", None]})
    pyogrio.write_dataframe(rows, tmp_path / "t.ods", driver="ODS")
    table = {"path": "t.ods", "id": "id"}
    scenario = ask(tmp_path, {"units": "units.gpkg", "tables": [table]})
    territory = read(scenario)
    assert territory.values("tax").tolist() == [1234567.5, 2, 3]
    assert territory.units["zone"].tolist() == ["NA", "x", ""]
    assert territory.ids == ("110000000", "120000000", "390000000")


def test_a_table_of_tabs_is_read_whatever_its_ending(tmp_path):
    write_units(tmp_path)
    for file in ("t.tsv", "t.txt"):
        (tmp_path / file).write_text("id\ttax\n01\t1\n02\t2\n10\t3\n")
        table = {"path": file, "id": "id"}
        scenario = ask(tmp_path, {"units": "units.gpkg", "tables": [table]})
        assert read(scenario).total("tax") == 6


# --- Shapefiles and their words -------------------------------------------------------


def shapefile(folder, names, encoding, cpg=None):
    """Write a Shapefile with these bytes in its table, and its .cpg as given, or none."""
    marks = [f"mark{at}" + "x" * 20 for at in range(3)]
    write_units(folder, "units.shp", name=marks)
    path = folder / "units.dbf"
    content = path.read_bytes()
    for mark, name in zip(marks, names, strict=True):
        content = content.replace(mark.encode(), name.encode(encoding).ljust(len(mark)))
    path.write_bytes(content)
    (folder / "units.cpg").unlink()
    if cpg is not None:
        (folder / "units.cpg").write_text(cpg)


@pytest.mark.parametrize(
    ("encoding", "names"), [("cp1251", RUSSIAN), ("kz1048", NAMES), ("cp866", RUSSIAN)]
)
def test_a_shapefile_without_cpg_is_refused_with_a_guess_until_its_encoding_is_said(
    tmp_path, encoding, names
):
    shapefile(tmp_path, names, encoding)
    finding = only(ask(tmp_path, "units.shp"))
    assert finding["where"].startswith("units.shp, its .dbf")
    assert names[0] in finding["found"]
    assert f"territory.encoding: {encoding}" in finding["remedy"]
    scenario = ask(tmp_path, {"units": "units.shp", "encoding": encoding})
    assert f"words in {encoding}, read as such" in told(scenario, "encoding")["found"]
    assert read(scenario).units["name"].tolist() == names


def test_a_shapefile_without_cpg_is_read_where_its_words_are_utf_8(tmp_path):
    shapefile(tmp_path, NAMES, "utf-8")
    assert read(ask(tmp_path, "units.shp")).units["name"].tolist() == NAMES


@pytest.mark.parametrize("cpg", ["KZ-1048", "KZ1048", "kz_1048"])
def test_a_cpg_that_gdal_does_not_know_is_understood(tmp_path, cpg):
    shapefile(tmp_path, NAMES, "kz1048", cpg)
    assert read(ask(tmp_path, "units.shp")).units["name"].tolist() == NAMES


@pytest.mark.parametrize("cpg", ["1251", "CP1251", "ANSI 1251"])
def test_a_cpg_that_gdal_knows_is_left_to_it(tmp_path, cpg):
    shapefile(tmp_path, RUSSIAN, "cp1251", cpg)
    assert read(ask(tmp_path, "units.shp")).units["name"].tolist() == RUSSIAN


# --- archives -------------------------------------------------------------------------


def pack(folder, file, names):
    """Pack files of a folder under names of their own."""
    with zipfile.ZipFile(folder / file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in names.items():
            archive.write(folder / name, inside)
    for name in names:
        (folder / name).unlink()


def parts(folder, inside):
    write_units(folder, "u.shp", name=NAMES)
    return {path.name: inside + path.suffix for path in sorted(folder.glob("u.*"))}


@pytest.mark.parametrize("inside", ["u", "deep/er/u", "Қала/бірлік", "..", "../../u", "/root/u"])
def test_a_zipped_shapefile_is_read_wherever_it_lies_in_the_archive(tmp_path, inside):
    pack(tmp_path, "u.zip", parts(tmp_path, inside + "/x" if inside == ".." else inside))
    territory = read(ask(tmp_path, "u.zip"))
    assert territory.units["name"].tolist() == NAMES
    assert [source.path for source in territory.sources] == ["u.zip"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.yaml", "u.zip"]


def test_101_of_several_files_in_an_archive_one_must_be_named(tmp_path):
    first = parts(tmp_path, "a/rayons")
    pack(tmp_path, "a.zip", first)
    write_units(tmp_path, "u.shp", code=["1", "2", "3"])
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        for path in sorted(tmp_path.glob("u.*")):
            archive.write(path, f"b/okrugs{path.suffix}")
    finding = only(ask(tmp_path, "a.zip"))
    assert finding["found"] == "2 vector files in the archive, none of them chosen"
    assert finding["expected"] == "one of okrugs, rayons"
    assert read(ask(tmp_path, {"units": "a.zip", "layer": "okrugs"})).ids == ("1", "2", "3")


def test_101_an_archive_that_unpacks_to_far_more_than_it_is_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("u.shp", bytes(30_000_000))
    finding = only(ask(tmp_path, "bomb.zip"))
    assert "unpacks to 30,000,000 bytes" in finding["found"]
    assert finding["expected"].startswith("at most 2,000,000,000 bytes and 200 times its size")
    assert finding["remedy"].startswith("unpack it yourself")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_101_a_workbook_is_an_archive_like_any_other(tmp_path, ending):
    write_units(tmp_path)
    with zipfile.ZipFile(tmp_path / f"t.{ending}", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(30_000_000))
    table = {"path": f"t.{ending}", "id": "id"}
    finding = only(ask(tmp_path, {"units": "units.gpkg", "tables": [table]}))
    assert "unpacks to 30,000,000 bytes" in finding["found"]


def test_101_an_archive_of_a_crowd_of_files_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "crowd.zip", "w") as archive:
        for at in range(MOST_MEMBERS + 1):
            archive.writestr(f"{at}.txt", b"")
    assert only(ask(tmp_path, "crowd.zip"))["found"] == "an archive of 1,001 files"


def test_101_an_archive_without_polygons_or_with_damage_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "x" * 100)
    finding = only(ask(tmp_path, "a.zip"))
    assert finding["expected"] == "a zipped Shapefile or GeoPackage"
    whole = parts(tmp_path, "u")
    pack(tmp_path, "b.zip", whole)
    content = bytearray((tmp_path / "b.zip").read_bytes())
    content[60:90] = bytes(30)
    (tmp_path / "b.zip").write_bytes(bytes(content))
    assert all(finding["remedy"] for finding in refused(ask(tmp_path, "b.zip")))
