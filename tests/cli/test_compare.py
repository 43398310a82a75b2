"""`amalgamation compare`: folders, files and screens, and everything that it refuses."""

import json
from pathlib import Path

import pytest

import amalgamation as am
from amalgamation.cli import main
from amalgamation.study.compare.files import COMPARISON_FILES


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    for number in (3, 4):
        changes = {"rules.municipalities.exactly": number, "scenario": f"toy-{number}"}
        am.run("toy", overrides=changes | {"solve.processes": 1, "write": ["csv"]}).write(
            folder / f"toy-{number}"
        )
    return [str(folder / "toy-3"), str(folder / "toy-4")]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A table as a study leaves it, without its folder."""
    path = tmp_path_factory.mktemp("table") / "study.csv"
    path.write_text(
        "variant,status,mean_km,municipalities,synthetic\na,optimal,3,9,True\nb,optimal,5,4,True\n"
    )
    return str(path)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_name_without_a_known_ending_is_a_folder_for_everything(runs, capsys):
    assert main(["compare", *runs, "-o", "out/put", "--trade-off", "max_km,mean_km"]) == 0
    out = capsys.readouterr().out
    assert "toy-4 against toy-3: " in out
    assert "residents" in out
    assert sorted(path.name for path in Path("out/put").iterdir()) == sorted(COMPARISON_FILES)
    assert Path("out/put/trade-off.csv").read_text().startswith("run,max_km,mean_km,pareto")
    assert main(["compare", *runs, "-o", "out/put"]) == 2
    assert "a former run" in capsys.readouterr().err
    assert main(["compare", *runs, "-o", "out/put", "--overwrite", "-q", "--language", "kk"]) == 0
    assert '<html lang="kk">' in Path("out/put/report.html").read_text()


def test_differences_against_any_column_in_every_form(runs, capsys):
    asked = [
        "compare",
        *runs,
        "--differences",
        "--against",
        "today",
        "--measures",
        "municipalities",
    ]
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines()[2].split() == ["Municipalities", "12", "-9", "-8"]
    assert main([*asked, "--format", "csv"]) == 0
    assert "municipalities,Municipalities,,12,-9,-8,True" in capsys.readouterr().out
    assert main([*asked, "-o", "d.md"]) == 0
    assert "| Municipalities | 12 | -9 | -8 |" in Path("d.md").read_text()
    assert main(["compare", *runs, "--against", "toy-5"]) == 2
    assert "`toy-5`" in capsys.readouterr().err


def test_a_trade_off_is_told_after_the_table_and_in_json(runs, capsys):
    asked = ["compare", *runs, "--trade-off", "mean_km,municipalities:min"]
    assert main(asked) == 0
    assert "Pareto set, which no other plan beats: toy-3, toy-4" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [point["pareto"] for point in found["trade_off"]["points"]] == [True, True]
    assert found["against"] == "toy-3"


@pytest.mark.parametrize("name", ["p.png", "p.svg"])
def test_one_picture_is_the_maps_or_the_trade_off(runs, name):
    start = b"\x89PNG" if name.endswith("png") else b"<?xml"
    assert main(["compare", *runs, "-o", name, "-q"]) == 0
    maps = Path(name).read_bytes()
    assert main(["compare", *runs, "-o", f"t{name}", "-q", "--trade-off", "mean_km,max_km"]) == 0
    assert maps.startswith(start)
    assert Path(f"t{name}").read_bytes().startswith(start)
    assert Path(f"t{name}").read_bytes() != maps


def test_the_table_of_a_study_may_lie_anywhere(table, capsys):
    asked = ["compare", table, "--trade-off", "mean_km:min,municipalities:max"]
    assert main(asked) == 0
    out = capsys.readouterr().out
    assert "Pareto set, which no other plan beats: a" in out
    assert "Synthetic data" in out
    assert main([*asked, "-o", "t.csv"]) == 0
    assert Path("t.csv").read_text().splitlines()[1] == "a,3,9,1,True"
    assert main([*asked, "-o", "t.png", "-q"]) == 0
    assert Path("t.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["RUNS", "--trade-off", "mean_km"], ["two different measures"]),
        (["RUNS", "--trade-off", "mean_km,max_km,p90_km"], ["`max_km,p90_km`"]),
        (["RUNS", "--trade-off", "mean_km,municipalities"], ["municipalities:min or"]),
        (["RUNS", "--data-folder", "."], []),
        (["TABLE"], ["a file", "with --trade-off A,B"]),
        (["TABLE", "RUNS", "--trade-off", "a,b"], ["3 files or folders"]),
        (["TABLE", "--trade-off", "mean_km:min,municipalities"], ["municipalities:min or"]),
        (["TABLE", "--trade-off", "a,b", "--all", "-o", "x"], ["--all beside", "a name without"]),
        (["RUNS", "--all", "--measures", "x", "-o", "c.csv"], ["both --all", "a file that exists"]),
    ],
)
def test_what_it_cannot_do_is_refused_at_once_and_nothing_is_written(
    runs, table, capsys, arguments, told
):
    Path("c.csv").write_text("precious")
    names = {"RUNS": runs, "TABLE": [table]}
    words = [word for one in arguments for word in names.get(one, [one])]
    ended = main(["compare", *words])
    error = capsys.readouterr().err
    assert ended == (2 if told else 0), error
    assert all(part in error for part in told), error
    assert [path.name for path in Path().iterdir()] == ["c.csv"]
    assert Path("c.csv").read_text() == "precious"


def test_a_study_that_cannot_be_read_is_told_with_every_other_folder(capsys):
    Path("study").mkdir()
    Path("study/study.json").write_text("{}")
    assert main(["compare", "nope", "study", "plan"]) == 2
    error = capsys.readouterr().err
    assert "3 findings" in error
    assert all(name in error for name in ("study study", "run nope", "run plan"))
