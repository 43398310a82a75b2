"""The frontier of a run is judged with it: what the table says must not contradict the plan."""

import pandas as pd
import pytest

from amalgamation.api import run as run_scenario
from amalgamation.verify import verify_run


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    overrides = {
        "solve.processes": 1,
        "solve.frontier": 5,
        "rules.municipalities": {"min": 2, "max": 6, "exactly": None},
    }
    folder = tmp_path_factory.mktemp("runs") / "toy"
    run_scenario("toy", overrides=overrides | {"write": ["csv"]}).write(folder)
    return folder


@pytest.fixture
def table(written):
    """The table, put back as it was when the test is over."""
    path = written / "frontier.csv"
    before = path.read_bytes()
    yield pd.read_csv(path)
    path.write_bytes(before)


def checks_after(folder, table):
    table.to_csv(folder / "frontier.csv", index=False)
    return [finding.check for finding in verify_run(folder)]


def test_a_frontier_that_tells_the_truth_gives_no_finding(written, table):
    assert table["plan"].eq("chosen").sum() == 1
    assert len(table) > 2
    assert verify_run(written) == ()


def test_another_number_may_not_be_called_the_plan(written, table):
    words = ["known" if word == "chosen" else word for word in table["plan"]]
    assert checks_after(written, table.assign(plan=words)) == ["frontier.chosen"]


def test_the_chosen_cost_is_the_certificates(written, table):
    cost = table["cost"].where(table["plan"] != "chosen", table["cost"] * 2)
    found = checks_after(written, table.assign(cost=cost))
    assert "frontier.chosen.cost" in found


def test_a_bound_above_its_cost_is_found(written, table):
    known = table.index[table["plan"] == "known"][0]
    table.loc[known, "bound"] = table.loc[known, "cost"] * 1.01
    number = table.loc[known, "municipalities"]
    assert checks_after(written, table) == [f"frontier.{number}.bound"]


def test_a_gap_smaller_than_cost_and_bound_tell_is_found(written, table):
    known = table.index[table["plan"] == "known"][0]
    table.loc[known, "bound"] = table.loc[known, "cost"] * 0.9
    table.loc[known, "gap_percent"] = 1.0
    number = table.loc[known, "municipalities"]
    assert f"frontier.{number}.gap" in checks_after(written, table)


def test_a_number_that_may_be_cheaper_is_not_ruled_out(written, table):
    """Its bound lies below the plan's cost: nobody has proven that it is not."""
    known = table.index[table["plan"] == "known"][0]
    table.loc[known, "bound"] = table["cost"].min() / 2
    table.loc[known, "gap_percent"] = 100 * (1 - table.loc[known, "bound"] / table["cost"][known])
    number = table.loc[known, "municipalities"]
    assert checks_after(written, table) == ["frontier.bound", f"frontier.{number}.may_be_cheaper"]


@pytest.mark.parametrize("word", ["best", "none"])
def test_a_word_that_does_not_fit_its_row_is_found(written, table, word):
    known = table.index[table["plan"] == "known"][0]
    table.loc[known, "plan"] = word
    assert any(check.startswith("frontier.") for check in checks_after(written, table))


def test_a_file_that_is_no_frontier_is_a_finding_and_no_crash(written, table):
    assert checks_after(written, table.drop(columns="bound")) == ["frontier.table"]
    (written / "frontier.csv").write_text("")
    assert [finding.check for finding in verify_run(written)] == ["frontier.table"]
