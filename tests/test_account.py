"""The account adds up: all work is told once, and shares of the gap make the gap."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.account import build_engine_accounts, build_gap_shares
from amalgamation.status import BlockReport, Certificate, Status


def report(name="b", cost=1.0, bound=1.0, engine="compact", why="", **work):
    figures = {"rounds": 1, "cuts": 0, "seconds": 0.5, "columns": 0, "nodes": 0} | work
    status = Status.FEASIBLE
    return BlockReport(
        name=name,
        units=9,
        municipalities=2,
        status=status,
        cost=cost,
        bound=bound,
        solver_status="",
        engine=engine,
        why=why,
        **figures,
    )


def sentences(blocks):
    return [account.sentence() for account in build_engine_accounts(blocks)]


def test_one_line_per_engine_with_reasons_by_number_of_blocks():
    blocks = [
        report(engine="columns", why="a minimum", columns=1200, nodes=7),
        report(why="few"),
        report(engine="columns", why="a minimum", columns=34, cuts=2),
        report(engine="columns", why="as asked"),
    ]
    assert sentences(blocks) == [
        (
            "columns on 2 blocks (a minimum), 1 block (as asked): "
            "3 rounds, 1,234 columns, 2 cuts, 7 nodes, 1.5 s"
        ),
        "compact on 1 block (few): 1 round, 0.5 s",
    ]


def test_reasons_that_differ_in_figures_alone_are_one_with_their_range():
    blocks = [report(why=f"{units} units and a minimum of 5") for units in ("1,200", "60", "157")]
    (account,) = build_engine_accounts(blocks)
    assert account.reasons == {"60 to 1,200 units and a minimum of 5": 3}


def test_an_engine_that_gives_no_reason_gives_none():
    assert sentences([report(rounds=0)]) == ["compact on 1 block: 0.5 s"]


def test_without_blocks_there_is_nothing_to_tell():
    assert build_engine_accounts(()) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["3 x", "4 x", "y"]), st.integers(0, 99)),
        max_size=20,
    )
)
def test_all_work_and_all_blocks_are_told_once(choices):
    blocks = [
        report(engine=engine, why=why, rounds=work, cuts=2 * work) for engine, why, work in choices
    ]
    accounts = build_engine_accounts(blocks)
    assert sum(account.blocks for account in accounts) == len(blocks)
    assert sum(account.rounds for account in accounts) == sum(work for *_, work in choices)
    assert sum(account.cuts for account in accounts) == 2 * sum(work for *_, work in choices)
    assert len({account.engine for account in accounts}) == len(accounts)


def test_the_five_largest_are_named_and_the_rest_is_told_together():
    blocks = tuple(report(f"B{n}", 1.0, 1.0 - n / 1000) for n in range(8))
    shares = build_gap_shares(Certificate(Status.FEASIBLE, 8.0, 8.0 - 0.028, blocks=blocks))
    assert [share.where for share in shares] == ["B7", "B6", "B5", "B4", "B3", "2 other blocks"]
    assert str(shares[0]) == "B7 0.09 %"
    assert sum(share.percent for share in shares) == pytest.approx(100 * 0.028 / 8)


def test_a_share_of_a_hundredth_of_a_percent_is_too_small_to_name():
    blocks = (report("large", 1.0, 0.9), report("small", 1.0, 0.9999))
    shares = build_gap_shares(Certificate(Status.FEASIBLE, 2.0, 1.8999, blocks=blocks))
    assert [share.where for share in shares] == ["large"]


def test_a_block_of_which_nothing_is_proven_is_named_alone():
    """Beside an infinite share all others are nothing."""
    blocks = (report("known", 1.0, 0.9), report("unknown", 1.0, -math.inf))
    shares = build_gap_shares(Certificate(Status.FEASIBLE, 2.0, -math.inf, blocks=blocks))
    assert [str(share) for share in shares] == ["unknown (no bound)"]


@pytest.mark.parametrize(("cost", "bound"), [(2.0, 2.0), (math.inf, 1.0), (math.inf, math.inf)])
def test_without_a_plan_or_a_gap_there_is_nothing_to_share(cost, bound):
    blocks = (report("b", cost, bound),)
    assert build_gap_shares(Certificate(Status.FEASIBLE, cost, bound, blocks=blocks)) == ()


@given(st.lists(st.tuples(st.floats(1, 9), st.floats(0, 0.5)), min_size=1, max_size=9))
def test_shares_add_up_to_the_gap_but_for_those_too_small_to_name(pairs):
    blocks = tuple(report(f"B{n}", cost, cost * (1 - gap)) for n, (cost, gap) in enumerate(pairs))
    cost, bound = (sum(getattr(block, key) for block in blocks) for key in ("cost", "bound"))
    certificate = Certificate(Status.FEASIBLE, cost, 0.99 * bound, blocks=blocks)
    told = sum(share.percent for share in build_gap_shares(certificate))
    assert told == pytest.approx(100 * certificate.gap, abs=0.07)
