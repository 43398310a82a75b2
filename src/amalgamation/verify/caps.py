"""Check what binds the plan as a whole: the most that aims may come to, and their order.

In: a view. Out: findings.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amalgamation.findings import Finding
from amalgamation.status import Status
from amalgamation.verify.aims import balance_targets, view_value
from amalgamation.verify.tolerance import agree, is_at_most, spell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.status import Certificate, Stage
    from amalgamation.verify.view import View

__all__ = ["check_caps", "check_order"]


def check_caps(view: View) -> list[Finding]:
    """Check the most of each aim, and that the certificate says what the plan comes to."""
    amounts = view.scenario.rules.at_most.amounts
    targets = balance_targets(view.scenario.aims)
    values = {name: view_value(view, name, targets) for name in amounts}
    findings = [
        view.breach(f"rules.at_most.{name}", f"{name} {spell(value)}", f"at most {spell(most)}")
        for name, most in amounts.items()
        if (value := values[name]) is not None and not is_at_most(value, most)
    ]
    if view.certificate is None or view.certificate.status is Status.MEASURED:
        return findings
    return [*findings, *_check_told(view.certificate, amounts, values)]


def _check_told(
    certificate: Certificate, amounts: Mapping[str, float], values: Mapping[str, float | None]
) -> list[Finding]:
    told = {cap.name: cap for cap in certificate.caps}
    if list(told) != list(amounts) or len(told) < len(certificate.caps):
        return [_claim("caps", ", ".join(told) or "none", ", ".join(amounts) or "none")]
    findings = [
        _claim(f"caps.{name}.most", spell(cap.most), spell(amounts[name]))
        for name, cap in told.items()
        if not agree(cap.most, amounts[name])
    ]
    return findings + [
        _claim(f"caps.{name}.raw", spell(cap.raw), f"{spell(value)}, as recomputed")
        for name, cap in told.items()
        if (value := values[name]) is not None and not agree(cap.raw, value)
    ]


def check_order(view: View) -> list[Finding]:
    """Check each stage of an order: its aims, its value, its bound and its limit.

    The parts of the cost are the certificate's, whose raw values `check_certificate` recomputes.
    """
    certificate = view.certificate
    if certificate is None or certificate.status is Status.MEASURED:
        return []
    groups = [sorted(map(_plain, group)) for group in view.scenario.aims.groups]
    told = [sorted(map(_plain, stage.aims)) for stage in certificate.stages]
    if groups != told:
        return [_claim("stages", _words(told), _words(groups))]
    # a reference of 0 is named by `check_certificate`
    costs = {aim.name: aim.cost for aim in certificate.aims if aim.reference > 0}
    findings = [
        finding
        for place, stage in enumerate(certificate.stages, start=1)
        for finding in _check_stage(f"stages[{place}]", stage, costs)
    ]
    bound = math.fsum(stage.bound for stage in certificate.stages)
    if certificate.stages and not is_at_most(certificate.bound, bound):
        findings.append(
            _claim("bound", spell(certificate.bound), f"at most {spell(bound)}, that of the stages")
        )
    return findings


def _check_stage(key: str, stage: Stage, costs: Mapping[str, float]) -> list[Finding]:
    value = math.fsum(costs.get(name, math.nan) for name in stage.aims)
    findings = []
    if not agree(stage.value, value):
        findings.append(
            _claim(f"{key}.value", spell(stage.value), f"{spell(value)}, as recomputed")
        )
    if not is_at_most(stage.bound, value):
        findings.append(_claim(f"{key}.bound", spell(stage.bound), f"at most {spell(value)}"))
    if not is_at_most(value, stage.limit):
        findings.append(_claim(f"{key}.limit", spell(value), f"at most {spell(stage.limit)}"))
    return findings


def _plain(name: str) -> str:
    """Return an aim's name as an order has it: which way a number is to go stands elsewhere."""
    return "number" if name.startswith("number.") else name


def _words(groups: list[list[str]]) -> str:
    return ", then ".join(" and ".join(group) for group in groups) or "no order"


def _claim(key: str, found: str, expected: str) -> Finding:
    remedy = "do not use this run; solve again"
    return Finding(f"certificate.{key}", f"certificate.{key}", found, expected, remedy)
