"""The command speaks the language that it is asked for; what machines read never changes."""

import json
from pathlib import Path

import pytest

from amalgamation.cli import main
from amalgamation.cli.language import ENVIRONMENT
from amalgamation.language import Speech

QUICK = ["--set", "solve.processes=1", "--set", "write=[csv]"]
IMPOSSIBLE = ["--set", "rules.population.min=60000"]
LETTERS = set("ӘәҒғҚқҢңӨөҰұҮүҺһІі")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(ENVIRONMENT, raising=False)


def test_a_run_tells_its_answer_scorecard_and_files_in_russian(capsys):
    assert main(["run", "toy", *QUICK, "--language", "ru"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:3] == [
        "toy: toy (СИНТЕТИЧЕСКИЕ ДАННЫЕ): 12 единиц в 4 муниципалитетах",
        "оптимальный: стоимость 1,01468, граница 1,01468, разрыв 0,00 %",
        "Ни один план, соблюдающий эти правила, не стоит меньше: это доказано.",
    ]
    assert "Среднее население муниципалитета (чел.)" in out
    assert "12\u00a0225" in out, "thousands stand apart, as in Russian print"
    assert "Синтетические данные: 12 вымышленных единиц" in out
    assert "записано в runs/toy: assignment.csv" in out
    assert err.splitlines()[0] == "читается toy"


def test_the_four_parts_of_a_complaint_have_labels_in_kazakh(capsys):
    assert main(["check", "toy", *IMPOSSIBLE, "--language", "kk", "--quiet"]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "қате: бірде-бір жоспар барлық ережені сақтамайды: бұл дәлелденген"
    assert lines[2] == "     табылғаны:      барлығы 48\u00a0900 адам"
    least = "әр муниципалитетте кемінде 60\u00a0000 адам (жетпейді: 11\u00a0100 адам)"
    assert lines[3] == f"     күтілгені:      {least}"
    assert lines[4].startswith("     не істеу керек: минимумды төмендетіңіз, ерекшелік қосыңыз")


@pytest.mark.parametrize(
    ("arguments", "variable", "first"),
    [
        (["check", "toy", "--language", "ru"], None, "сценарий:"),
        (["check", "toy", "--language=ru"], "kk", "сценарий:"),
        (["--language", "kk", "check", "toy"], None, "сценарий: Он екі"),
        (["check", "toy"], "kk", "сценарий: Он екі"),
        (["check", "toy"], "", "scenario:"),
        (["check", "toy", "--language", "kk", "--language", "en"], None, "scenario:"),
    ],
)
def test_an_option_anywhere_goes_before_the_environment(
    capsys, monkeypatch, arguments, variable, first
):
    if variable is not None:
        monkeypatch.setenv(ENVIRONMENT, variable)
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith(first)


@pytest.mark.parametrize("asked", ["kz", "Kazakh"])
def test_an_unknown_language_is_refused_with_the_nearest_before_anything_runs(capsys, asked):
    assert main(["run", "toy", "--language", asked]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[1:] == [
        "  1. language",
        f"     found:    `{asked}`",
        "     expected: one of en (English), kk (Қазақша), ru (Русский)",
        "     remedy:   did you mean kk?",
    ]
    assert not list(Path().iterdir()), "nothing is written"


def test_an_unknown_language_of_the_environment_is_refused_too(capsys, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT, "xx")
    assert main(["check", "toy"]) == 2
    assert "`xx`" in capsys.readouterr().err


def test_a_slip_of_the_command_line_is_told_in_the_language(capsys):
    """The language is known before the line is parsed, whatever is wrong with it."""
    assert main(["check", "toy", "--no-such", "--language", "ru"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("ошибка: командную строку нельзя понять")
    assert "`amalgamation check --help` покажет, что она принимает" in err


def test_help_explains_the_option(capsys):
    assert main(["verify", "--help"]) == 0
    assert "--language" in capsys.readouterr().out


def test_json_is_the_same_in_every_language(capsys):
    answers = []
    for language in ("en", "ru", "kk"):
        assert main(["check", "toy", *IMPOSSIBLE, "--json", "--language", language]) == 3
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1] == answers[2]


def test_tables_and_records_are_the_same_in_every_language():
    for language in ("en", "kk"):
        options = ["--set", "write=[csv, geojson]", "--set", "solve.processes=1", "-q"]
        assert main(["run", "toy", "-o", language, "--language", language, *options]) == 0
    names = sorted(path.name for path in Path("en").iterdir())
    assert len(names) >= 6
    for name in set(names) - {"run.json"}:
        assert Path("en", name).read_bytes() == Path("kk", name).read_bytes(), name
    records = [json.loads(Path(one, "run.json").read_text("utf-8")) for one in ("en", "kk")]
    for part in ("scenario", "notices", "inputs"):
        assert records[0][part] == records[1][part]


def test_pictures_and_report_are_in_the_language(capsys):
    options = ["--set", "write=[svg, html]", "--set", "solve.processes=1"]
    for language in ("en", "kk"):
        assert main(["run", "toy", "-o", language, "--language", language, *options]) == 0
    capsys.readouterr()
    assert Path("en", "map.svg").read_bytes() != Path("kk", "map.svg").read_bytes()
    assert '"language":"kk"' in Path("kk", "report.html").read_text("utf-8")


def test_finished_runs_are_compared_in_the_language(capsys):
    main(["run", "toy", "-q", *QUICK])
    assert main(["compare", "runs/toy", "--language", "ru"]) == 0
    out = capsys.readouterr().out
    assert out.split()[0] == "сегодня"
    assert "Доля жителей, которым дальше, чем до сегодняшнего центра" in " ".join(out.split())
    assert main(["compare", "runs/toy", "--format", "csv", "--language", "ru"]) == 0
    assert capsys.readouterr().out.startswith(
        "measure,title,unit,today,toy,synthetic\nstatus,Status"
    )


def test_a_plan_that_breaks_rules_is_judged_in_the_language(capsys):
    main(["run", "toy", "-q", *QUICK])
    plan = ["runs/toy/assignment.csv", "--scenario", "toy", "--set", "rules.max_units=2"]
    assert main(["measure", *plan, "--language", "kk"]) == 0
    out = capsys.readouterr().out
    assert "жоспар бұзатын ережелер:" in out
    assert "күтілгені:      ең көбі 2" in out
    assert main(["verify", "runs/toy", "--language", "kk"]) == 0
    assert "айтылғанның бәрі расталды" in capsys.readouterr().out


def test_nothing_that_a_voice_says_outlives_its_command(capsys):
    main(["check", "toy", "--language", "kk"])
    main(["check", "toy"])
    first, last = capsys.readouterr().out.split("scenario:", 1)
    assert LETTERS & set(first)
    assert not LETTERS & set(last)


def test_every_way_to_end_without_a_plan_has_words():
    from amalgamation.cli.ending import _WHY  # noqa: PLC0415
    from amalgamation.cli.exit_status import ExitStatus  # noqa: PLC0415

    for language in ("en", "ru", "kk"):
        speech = Speech(language)
        assert all(speech.say(key) for key in _WHY.values())
        assert all(speech.say(f"command.ended.{status.name.lower()}") for status in ExitStatus)
