"""Declared links and cuts: what geometry does not show, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, Severity, name_some
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.scenario.schema import Cut, Graph, Link

__all__ = ["FAR_KM", "check_declared", "check_far_links", "to_pair"]

FAR_KM = 500.0
"""A link longer than this is told: farther than any two neighbouring units lie."""

Pair = tuple[str, str]


def to_pair(units: Sequence[str]) -> Pair:
    """Return the two units of a link or cut in sorted order."""
    return (min(units), max(units))


def check_declared(
    section: Graph, labels: Mapping[str, str], tied: Mapping[Pair, object]
) -> list[Finding]:
    """Check links and cuts against the units and the ties that geometry or a file gives.

    Parameters
    ----------
    section
        The scenario's graph section.
    labels
        Unit id -> how messages name it.
    tied
        The ties before links and cuts, by pair.

    Returns
    -------
    list of Finding
        Errors: unknown units, a unit with itself, a pair twice, a pair both linked and
        cut, a cut of units that are not tied. Warnings: a link of units that are tied.
    """
    findings = [
        finding
        for kind, declared in (("links", section.links), ("cuts", section.cuts))
        for finding in _check_list(kind, declared, labels)
    ]
    links = {to_pair(link.units) for link in section.links}
    for cut in section.cuts:
        pair = to_pair(cut.units)
        if not set(pair) <= set(labels) or pair[0] == pair[1]:
            continue
        if pair in links:
            findings.append(_linked_and_cut(pair, labels))
        elif pair not in tied:
            findings.append(_not_tied(pair, labels, tied))
    return findings + [_tied_already(pair, labels) for pair in sorted(links & set(tied))]


def check_far_links(links: Mapping[Pair, float], labels: Mapping[str, str]) -> list[Finding]:
    """Return a warning for each link (pair -> km) that is farther than `FAR_KM`."""
    return [
        Finding(
            "far-link",
            f"graph.links {_named(pair, labels)}",
            f"a link of {km:,.0f} km",
            f"at most {FAR_KM:,.0f} km between neighbours",
            "check the two ids",
            Severity.WARNING,
            pair,
        )
        for pair, km in sorted(links.items())
        if km > FAR_KM
    ]


def _check_list(
    kind: str, declared: Sequence[Link] | Sequence[Cut], labels: Mapping[str, str]
) -> list[Finding]:
    findings = []
    seen: set[Pair] = set()
    for one in declared:
        pair = to_pair(one.units)
        where = f"graph.{kind} {pair[0]} - {pair[1]}"
        findings += [_unknown(unit, where, labels) for unit in pair if unit not in labels]
        if pair[0] == pair[1]:
            findings.append(
                Finding("self-link", where, "a unit with itself", "two units", "correct an id",
                        subjects=pair[:1])
            )  # fmt: skip
        if pair in seen:
            findings.append(
                Finding("declared-twice", where, "the pair twice", "each pair once", "delete one",
                        subjects=pair)
            )  # fmt: skip
        seen.add(pair)
    return findings


def _unknown(unit: str, where: str, labels: Mapping[str, str]) -> Finding:
    remedy = nearest(unit, list(labels))
    return Finding("unknown-unit", where, f"unknown unit {unit}", "ids of the territory's units",
                   remedy, subjects=(unit,))  # fmt: skip


def _linked_and_cut(pair: Pair, labels: Mapping[str, str]) -> Finding:
    return Finding(
        "linked-and-cut",
        f"graph.cuts {_named(pair, labels)}",
        "the same pair in graph.links",
        "a link or a cut",
        "delete one of the two",
        subjects=pair,
    )


def _not_tied(pair: Pair, labels: Mapping[str, str], tied: Mapping[Pair, object]) -> Finding:
    beside = sorted({other for tie in tied for other in tie if pair[0] in tie} - {pair[0]})
    neighbours = name_some([labels[unit] for unit in beside]) or "none"
    return Finding(
        "cut-of-no-tie",
        f"graph.cuts {_named(pair, labels)}",
        "two units that no border ties",
        f"one of the neighbours of {labels[pair[0]]}: {neighbours}",
        "correct an id or delete the cut",
        subjects=pair,
    )


def _tied_already(pair: Pair, labels: Mapping[str, str]) -> Finding:
    return Finding(
        "link-of-tied",
        f"graph.links {_named(pair, labels)}",
        "units that share a border already",
        "",
        "the border stays; the link gives at most its km",
        Severity.WARNING,
        pair,
    )


def _named(pair: Pair, labels: Mapping[str, str]) -> str:
    return f"{labels.get(pair[0], pair[0])} - {labels.get(pair[1], pair[1])}"
