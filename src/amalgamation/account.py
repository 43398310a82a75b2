"""The account of a certificate: what each engine did, and where the gap sits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.status import BlockReport, Certificate

__all__ = ["EngineAccount", "GapShare", "build_engine_accounts", "build_gap_shares"]

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LEAST_PERCENT = 0.01
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class EngineAccount:
    """Sum up what one engine did.

    Parameters
    ----------
    engine
        Its name.
    reasons
        Why it was chosen -> on how many blocks.
    rounds, columns, cuts, nodes
        Sums over its blocks; 0 where the engine has none of these.
    seconds
        Sum over its blocks; blocks that ran side by side count each.
    """

    engine: str
    reasons: dict[str, int]
    rounds: int
    columns: int
    cuts: int
    nodes: int
    seconds: float

    @property
    def blocks(self) -> int:
        """On how many blocks it was used."""
        return sum(self.reasons.values())

    def sentence(self) -> str:
        """Return the account as one line.

        Examples
        --------
        >>> EngineAccount("columns", {"many units": 10}, 412, 0, 1, 96310, 231.4).sentence()
        'columns on 10 blocks (many units): 412 rounds, 1 cut, 96,310 nodes, 231.4 s'
        """
        on = ", ".join(
            f"{_count(blocks, 'block')}{f' ({why})' if why else ''}"
            for why, blocks in self.reasons.items()
        )
        work = [
            _count(getattr(self, f"{noun}s"), noun)
            for noun in ("round", "column", "cut", "node")
            if getattr(self, f"{noun}s")
        ]
        return f"{self.engine} on {on}: {', '.join([*work, f'{self.seconds:,.1f} s'])}"


@dataclass(frozen=True, slots=True)
class GapShare:
    """Say how much of the gap sits in one place.

    Parameters
    ----------
    where
        A block, or words for all that is not named by itself.
    percent
        Cost less bound there, in per cent of the plan's whole cost; infinite where
        nothing is proven of the block.
    """

    where: str
    percent: float

    def __str__(self) -> str:
        """Return the share as part of a line."""
        known = math.isfinite(self.percent)
        return f"{self.where} {self.percent:.2f} %" if known else f"{self.where} (no bound)"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def build_engine_accounts(blocks: Sequence[BlockReport]) -> tuple[EngineAccount, ...]:
    """Sum up the reports of blocks by engine; the engine of most blocks comes first.

    Reasons that differ in their figures alone are one reason with the range of these.

    Examples
    --------
    >>> from amalgamation.status import Status
    >>> def report(engine, why):
    ...     return BlockReport("b", 9, 2, Status.OPTIMAL, 1, 1, 3, 0, 0.5, "", engine, why)
    >>> from amalgamation.status import BlockReport
    >>> reports = [report("compact", f"{units} units are few") for units in (12, 40)]
    >>> build_engine_accounts(reports)[0].sentence()
    'compact on 2 blocks (12 to 40 units are few): 6 rounds, 1.0 s'
    """
    engines = list(dict.fromkeys(block.engine for block in blocks))
    accounts = [_account(name, [b for b in blocks if b.engine == name]) for name in engines]
    return tuple(sorted(accounts, key=lambda account: (-account.blocks, account.engine)))


def _account(engine: str, blocks: Sequence[BlockReport]) -> EngineAccount:
    return EngineAccount(
        engine,
        _reasons([block.why for block in blocks]),
        rounds=sum(block.rounds for block in blocks),
        columns=sum(block.columns for block in blocks),
        cuts=sum(block.cuts for block in blocks),
        nodes=sum(block.nodes for block in blocks),
        seconds=sum(block.seconds for block in blocks),
    )


def _reasons(sentences: Sequence[str]) -> dict[str, int]:
    alike: dict[str, list[str]] = {}
    for sentence in sentences:
        alike.setdefault(_NUMBER.sub("#", sentence), []).append(sentence)
    ordered = sorted(alike.items(), key=lambda item: (-len(item[1]), item[0]))
    return {_merge(group): len(group) for _, group in ordered}


def _merge(alike: Sequence[str]) -> str:
    """Return one sentence for several that differ in their figures alone."""
    columns = iter(zip(*(_NUMBER.findall(sentence) for sentence in alike), strict=True))
    return _NUMBER.sub(lambda _: _range(next(columns)), alike[0])


def _range(figures: Sequence[str]) -> str:
    ordered = sorted(set(figures), key=lambda text: float(text.replace(",", "")))
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"


def build_gap_shares(certificate: Certificate) -> tuple[GapShare, ...]:
    """Say where the gap sits: the five largest shares by block, then what is left.

    The shares add up to the gap, but for those of 0.01 % or less, which are left out:
    after the blocks come all others together, and what the sharing of the number of
    municipalities among blocks may save. Without a plan, a search, or a gap, there are none.

    Examples
    --------
    >>> from amalgamation.status import BlockReport, Certificate, Status
    >>> blocks = [
    ...     BlockReport(name, 9, 2, Status.FEASIBLE, 5.0, bound, 1, 0, 0.1, "")
    ...     for name, bound in (("Akmola", 4.98), ("Aktobe", 4.9))
    ... ]
    >>> shares = build_gap_shares(Certificate(Status.FEASIBLE, 10.0, 9.87, blocks=tuple(blocks)))
    >>> ", ".join(map(str, shares))
    'Aktobe 1.00 %, Akmola 0.20 %, sharing the number among blocks 0.10 %'
    """
    whole = certificate.cost
    searched = certificate.status is not Status.MEASURED
    if certificate.stages:
        return ()  # the gap of an order sits in its stages, which name it
    if not (searched and math.isfinite(whole) and whole > 0 and certificate.gap > 0):
        return ()
    blocks = sorted(
        (GapShare(b.name, 100 * (b.cost - b.bound) / whole) for b in certificate.blocks),
        key=lambda share: (-share.percent, share.where),
    )
    unproven = [share for share in blocks if not math.isfinite(share.percent)]
    named = (unproven or blocks)[:_MOST_NAMED]
    return tuple(
        share
        for share in (*named, *([] if unproven else _rest(certificate, blocks)))
        if share.percent > _LEAST_PERCENT
    )


def _rest(certificate: Certificate, blocks: Sequence[GapShare]) -> list[GapShare]:
    others = [share for share in blocks[_MOST_NAMED:] if share.percent > 0]
    word = "other block" if len(others) == 1 else "other blocks"
    shared = "the number and limits" if certificate.caps else "the number"
    sharing = 100 * certificate.gap - sum(share.percent for share in blocks)
    return [
        GapShare(f"{len(others)} {word}", sum(share.percent for share in others)),
        GapShare(f"sharing {shared} among blocks", sharing),
    ]
