"""`amalgamation explain RUN`: what it says, what it writes, and how it ends."""

import json
from pathlib import Path

import pytest

import amalgamation as am
from amalgamation.cli import main

ONE_PROCESS = {"solve.processes": 1, "write": ["csv"]}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "toy"
    am.run("toy", overrides=ONE_PROCESS).write(folder)
    return str(folder)


def said(capsys):
    return capsys.readouterr().out


def test_a_unit_is_told_with_limits_and_choices_and_that_the_data_are_made_up(run, capsys):
    assert main(["explain", run, "--unit", "toy 09"]) == 0
    text = said(capsys)
    assert text.startswith("Synthetic: 12 made-up units")
    assert "optimal: cost" in text
    assert "990105000 (Toy 09) is in the municipality of 990101000 (Toy 01)" in text
    assert "minimum 8,000 (rules.population.min): 19,850 people, 11,850 to spare" in text
    assert "to the municipality of 990203000 (Toy 07): +11,372 person-km (access)" in text


def test_a_municipality_is_found_by_its_id_and_by_a_unit_of_it(run, capsys):
    answers = []
    for name in ("990202000", "Toy 03"):
        assert main(["explain", run, "--municipality", name, "--json"]) == 0
        answers.append(json.loads(said(capsys)))
    assert answers[0] == answers[1]
    assert answers[0]["place"] == "The municipality of 990202000 (Toy 04) has 3 units."
    assert answers[0]["binding"] == {"rules.population.min": 2}
    assert answers[0]["certificate"]["status"] == "optimal"


def test_without_a_question_the_whole_plan_is_told(run, capsys):
    assert main(["explain", run]) == 0
    text = said(capsys)
    assert "300 to spare, in the municipality of 990206000 (Toy 12)" in text
    assert "2 refused by rules.population.min alone" in text


def test_every_refused_wish_of_the_scenario_is_priced(run, tmp_path, capsys):
    wish = {"unit": "990201000", "with": "990203000", "reason": "one road"}
    wishes = {"aims.wishes": {"weight": 0.001, "wishes": [wish]}}
    folder = str(tmp_path / "wished")
    am.run("toy", overrides=ONE_PROCESS | wishes).write(Path(folder))
    assert main(["explain", folder, "--wishes"]) == 0
    told = "(Toy 03) with 990203000 (Toy 07) (one road): Granting it costs 5.42 % of the cost"
    assert told in said(capsys)
    assert main(["explain", folder, "--wishes", "--json"]) == 0
    (refused,) = json.loads(said(capsys))["refused"]
    assert refused["proven"]
    assert main(["explain", run, "--wishes"]) == 0
    assert "refuses no wish" in said(capsys)
    assert main(["explain", folder, "--wishes", "--prices"]) == 2
    assert "several questions at once" in capsys.readouterr().err


def test_a_wish_is_priced_and_its_plan_written_as_a_run_that_verifies(run, tmp_path, capsys):
    folder = str(tmp_path / "asked")
    assert main(["explain", run, "--require", "Toy 09 with Toy 07", "-o", folder]) == 0
    text = said(capsys)
    assert "Granting it costs 3.32 % of the cost, which is proven." in text
    assert f"written to {folder}" in text
    assert main(["verify", folder]) == 0
    assert main(["explain", run, "--require", "Toy 09 with Toy 07", "-o", folder]) == 2
    assert "a former run" in capsys.readouterr().err


def test_an_impossible_wish_ends_with_status_3_and_its_reason(run, tmp_path, capsys):
    folder = tmp_path / "none"
    wish = ["--require", "keep Toy 02 alone", "-o", str(folder), "--json"]
    assert main(["explain", run, *wish]) == 3
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert answer["status"] == "infeasible"
    assert answer["price"] is None
    assert answer["findings"][0]["check"] == "rules.population.min"
    assert "3,100 people in all" in captured.err
    assert not folder.exists()


def test_prices_are_told_as_sentences_with_what_is_to_spare(run, capsys):
    assert main(["explain", run, "--prices", "--minutes", "1", "--quiet", "--json"]) == 0
    answer = json.loads(said(capsys))
    keys = [one["key"] for one in answer["prices"]]
    assert keys == ["rules.municipalities", "rules.municipalities", "rules.population.min"]
    assert main(["explain", run, "--prices"]) == 0
    text = said(capsys)
    assert "One municipality more (5): costs 1.73 % of the cost, which is proven" in text
    assert "rules.population.min 7,900 instead of 8,000 (100 people less): saves 0.723 %" in text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--unit", "Toy 01", "--prices"], "several questions at once"),
        (["--unit", "Toi 01"], "did you mean Toy 01"),
        (["--require", "Toy 01 or Toy 02"], '"keep X alone", "X with Y"'),
        (["--require", "seat at Toy 01", "--minutes", "0"], "more than 0 minutes"),
        (["--output", "here"], "--output without --require"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_status_2(run, options, told, capsys):
    assert main(["explain", run, *options]) == 2
    assert told in capsys.readouterr().err
