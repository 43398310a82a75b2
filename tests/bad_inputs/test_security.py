"""Security, cases 97 to 105 as far as data carry them: nothing leads out, nothing commands."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from contextlib import redirect_stderr, redirect_stdout

import openpyxl
import pyogrio
import pytest

from amalgamation.cli import main
from amalgamation.territory.tables import MOST_BYTES
from bad_input_files import SQUARES, answer, ask, only, read, told, write_units

VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="u"><SrcDataSource>/vsicurl/http://example.org/u.gpkg'
    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
)
PIPELINE = json.dumps({"type": "gdal_streamed_alg", "command_line": "gdal vector read u"})


@pytest.fixture
def closed(monkeypatch):
    """Let nothing reach GDAL: whatever does, fails the test."""

    def touched(*_, **__):
        raise AssertionError("GDAL saw the file")

    monkeypatch.setattr(pyogrio, "list_layers", touched)
    monkeypatch.setattr(pyogrio, "read_dataframe", touched)


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson", "json", "fgb", "tab", "mif"])
def test_100_a_virtual_layer_under_the_name_of_a_file_never_reaches_gdal(tmp_path, ending):
    (tmp_path / f"u.{ending}").write_text(VRT)
    finding = only(ask(tmp_path, f"u.{ending}"))
    assert finding["where"] == f"u.{ending}"
    assert finding["found"].startswith("a virtual layer, not a ")


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("u.json", PIPELINE),
        ("u.geojson", " \n" + PIPELINE),
        ("u.tab", '!table\n!version 300\nDefinition Table\n"\\IsSeamless" = "TRUE"\n'),
        ("u.tab", "!table\n!version 300\nDefinition Table\n  Type LINKED\n"),
    ],
)
def test_100_a_file_that_only_leads_to_others_never_reaches_gdal(tmp_path, file, text):
    (tmp_path / file).write_text(text)
    assert only(ask(tmp_path, file))["found"].startswith("a file that leads to others")


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("file", ["u.vrt", "u.xml", "u.sqlite", "u.gml", "u.kml", "u", "u.pdf"])
def test_100_kinds_that_are_not_listed_never_reach_gdal(tmp_path, file):
    (tmp_path / file).write_text(VRT)
    finding = only(ask(tmp_path, file))
    assert finding["found"].startswith("a file with the ending ")
    assert finding["expected"].startswith("GeoPackage (.gpkg), Shapefile")


@pytest.mark.usefixtures("closed")
def test_100_a_virtual_layer_in_an_archive_never_reaches_gdal(tmp_path):
    with zipfile.ZipFile(tmp_path / "u.zip", "w") as archive:
        archive.writestr("u.gpkg", VRT)
    assert only(ask(tmp_path, "u.zip"))["found"].startswith("a virtual layer")


def test_97_a_huge_table_is_refused_without_being_read(tmp_path):
    with (tmp_path / "units.csv").open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    scenario = tmp_path / "s.yaml"
    scenario.write_text("scenario: s\nterritory: {units: units.csv}\n")
    ended, said = answer(scenario, "check")
    (finding,) = said["findings"]
    assert ended == 2
    assert finding["found"] == "a file of 500,000,001 bytes"
    assert finding["expected"] == "at most 500,000,000 bytes"


NAMES = ["=cmd|' /C calc'!A0", "@SUM(1)", "+1\t-2"]


def solved(folder, names):
    write_units(folder, name=names, population=[3000, 2000, 1000])
    scenario = ask(folder, rules={"population": {"min": 1500}}, aims={"access": 1})
    ended, said = answer(scenario, "run", "-o", str(folder / "out"))
    assert ended == 0, said
    return folder / "out"


def test_103_names_that_a_spreadsheet_would_compute_stay_as_they_are_in_csv(tmp_path):
    # raw on purpose: a machine reads the file back, and a mark before a name would change it
    out = solved(tmp_path, NAMES)
    with (out / "scorecard.csv").open(encoding="utf-8", newline="") as stream:
        cells = {cell for row in csv.reader(stream) for cell in row}
    assert cells & set(NAMES)


def test_103_they_are_text_in_a_workbook(tmp_path):
    write_units(tmp_path, name=NAMES, population=[3000, 2000, 1000])
    aims = {"access": 1}
    scenario = ask(tmp_path, rules={"population": {"min": 1500}}, aims=aims, write=["csv", "xlsx"])
    assert answer(scenario, "run", "-o", str(tmp_path / "out"))[0] == 0
    (path,) = (tmp_path / "out").glob("*.xlsx")
    cells = [
        cell
        for page in openpyxl.load_workbook(path)
        for line in page.iter_rows()
        for cell in line
        if isinstance(cell.value, str) and cell.value in NAMES
    ]
    assert {cell.value for cell in cells} >= set(NAMES[:1])
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("name", ["[bold]Ash[/bold]", "\x1b[31mAsh\x1b[0m", "a\x07b\u202ec"])
def test_104_markup_and_escapes_in_names_command_no_terminal(tmp_path, name):
    write_units(tmp_path, name=[name, "Birch", "Cedar"], population=[0, 1, 2])
    out, error = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        assert main(["check", str(ask(tmp_path))]) == 0
    shown = out.getvalue() + error.getvalue()
    assert "zero residents in 1 unit: 01 (" in shown
    assert ("[bold]Ash[/bold]" in shown) is ("[bold]" in name)
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}


@pytest.mark.parametrize("name", ["../../x", "a/b:c\\d", "CON", "x" * 300, "<img src=x>"])
def test_105_no_file_is_named_after_a_unit(tmp_path, name):
    out = solved(tmp_path, [name, "Birch", "Cedar"])
    written = sorted(path.name for path in out.iterdir())
    assert set(written) <= {
        "assignment.csv", "frontier.csv", "national.csv", "run.json", "scorecard.csv",
    }  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "s.yaml", "units.gpkg"]


@pytest.mark.parametrize("code", ["../../x", "a/b:c", "CON", "x" * 300, "a b", "$(x)", "`x`"])
def test_105_no_file_is_named_after_a_code(tmp_path, code):
    write_units(tmp_path, code=[code, "02", "10"], population=[1, 2, 3])
    ended, _ = answer(ask(tmp_path), "run", "-o", str(tmp_path / "out"))
    assert ended == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "s.yaml", "units.gpkg"]


def test_106_a_folder_with_other_things_in_it_is_not_written_to(tmp_path):
    write_units(tmp_path, population=[1, 2, 3])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    ended, said = answer(ask(tmp_path), "run", "-o", str(tmp_path / "out"))
    assert ended == 2
    assert said["findings"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_109_folders_with_blanks_and_letters_of_any_alphabet_work(tmp_path):
    folder = tmp_path / "Қостанай облысы (жоба №1) 'a' & b" / ("long " * 20).strip()
    folder.mkdir(parents=True)
    write_units(folder, "бірліктер.gpkg", population=[1, 2, 3])
    ended, said = answer(ask(folder, "бірліктер.gpkg"), "run", "-o", str(folder / "шығыс"))
    assert ended == 0, said
    assert (folder / "шығыс" / "assignment.csv").is_file()


def test_a_warning_of_the_reading_stands_in_the_run_s_record(tmp_path):
    write_units(tmp_path, population=[0, 1, 2])
    finding = told(ask(tmp_path), "no-residents")
    answer(ask(tmp_path), "run", "-o", str(tmp_path / "out"))
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert finding["found"] in json.dumps(record, ensure_ascii=False)


def test_the_ids_of_a_territory_are_never_paths(tmp_path):
    write_units(tmp_path, geometry=SQUARES, code=["..", ".", "/"])
    assert read(ask(tmp_path)).ids == (".", "..", "/")
