"""Check a certificate against the plan: aims, cost, bound and status.

In: a view with a certificate. Out: findings under ``certificate.*``. That the bound is
proven cannot be recomputed from a plan; that nothing contradicts it can.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amalgamation.findings import Finding
from amalgamation.status import Status
from amalgamation.verify.aims import aim_weights, balance_targets, view_values
from amalgamation.verify.given import check_given
from amalgamation.verify.tolerance import OPTIMAL_GAP, agree, is_at_most

if TYPE_CHECKING:
    from amalgamation.status import AimValue, Certificate
    from amalgamation.verify.view import View

__all__ = ["check_certificate"]

_WITH_PLAN = (
    Status.OPTIMAL,
    Status.WITHIN_GAP,
    Status.FEASIBLE,
    Status.INTERRUPTED,
    Status.MEASURED,
)


def check_certificate(view: View) -> list[Finding]:
    """Check that the certificate says of the plan what the plan says of itself."""
    if view.certificate is None:
        return []
    values = view_values(view, _recorded_targets(view.certificate))
    return [
        *_check_names(view, view.certificate),
        *_check_targets(view, view.certificate),
        *_check_raws(view.certificate, values),
        *_check_cost(view.certificate, values),
        *_check_bound(view.certificate),
        *_check_status(view, view.certificate),
        *check_given(view),
    ]


def _claim(key: str, found: str, expected: str) -> Finding:
    remedy = "do not use this run; solve again"
    return Finding(f"certificate.{key}", f"certificate.{key}", found, expected, remedy)


def _recorded_targets(certificate: Certificate) -> dict[str, float]:
    return {
        aim.name.removeprefix("balance."): aim.target
        for aim in certificate.aims
        if aim.name.startswith("balance.") and aim.target is not None
    }


def _check_names(view: View, certificate: Certificate) -> list[Finding]:
    weights = aim_weights(view.scenario.aims)
    named = [aim.name for aim in certificate.aims]
    charged = sorted(aim.name for aim in certificate.aims if aim.weight > 0)
    findings = []
    if len(set(named)) < len(named) or charged != sorted(weights):
        findings.append(
            _claim("aims", ", ".join(named) or "no aims", ", ".join(weights) or "no aims")
        )
    return findings + [
        _claim(f"aims.{aim.name}.weight", f"{aim.weight:.9g}", f"{weights[aim.name]:.9g}")
        for aim in certificate.aims
        if aim.name in weights and not agree(aim.weight, weights[aim.name])
    ]


def _check_targets(view: View, certificate: Certificate) -> list[Finding]:
    given, recorded = balance_targets(view.scenario.aims), _recorded_targets(certificate)
    absent = [
        _claim(f"aims.{name}.target", "no target", "the target that the deviation is counted from")
        for name in aim_weights(view.scenario.aims)
        if name.startswith("balance.")
        and name.removeprefix("balance.") not in {**given, **recorded}
    ]
    return absent + [
        _claim(f"aims.balance.{name}.target", f"{recorded[name]:.9g}", f"{target:.9g}")
        for name, target in given.items()
        if name in recorded and not agree(recorded[name], target)
    ]


def _check_raws(certificate: Certificate, values: dict[str, float]) -> list[Finding]:
    return [
        finding
        for aim in certificate.aims
        if aim.name in values
        for finding in _check_raw(aim, values[aim.name])
    ]


def _check_raw(aim: AimValue, value: float) -> list[Finding]:
    findings = []
    known = math.isfinite(aim.raw) or math.isfinite(value)  # JSON has no infinity to agree on
    if known and not agree(aim.raw, value):
        found, expected = f"{aim.raw:.9g} {aim.unit}", f"{value:.9g} {aim.unit}"
        findings.append(_claim(f"aims.{aim.name}.raw", found, f"{expected}, as recomputed"))
    if not (math.isfinite(aim.reference) and aim.reference > 0):
        found = f"{aim.reference:.9g} {aim.unit}"
        findings.append(_claim(f"aims.{aim.name}.reference", found, "a number above 0"))
    return findings


def _check_cost(certificate: Certificate, values: dict[str, float]) -> list[Finding]:
    charged = [aim for aim in certificate.aims if aim.weight > 0]
    if any(not aim.reference > 0 or aim.name not in values for aim in charged):
        return []  # named already, and no cost can be recomputed
    cost = math.fsum(aim.weight * values[aim.name] / aim.reference for aim in charged)
    if agree(certificate.cost, cost):
        return []
    return [_claim("cost", f"{certificate.cost:.9g}", f"{cost:.9g}, as recomputed")]


def _check_bound(certificate: Certificate) -> list[Finding]:
    if certificate.status is Status.MEASURED:
        return []
    if not math.isnan(certificate.bound) and is_at_most(certificate.bound, certificate.cost):
        return []
    found = f"bound {certificate.bound:.9g}"
    return [_claim("bound", found, f"at most the cost, {certificate.cost:.9g}")]


def _check_status(view: View, certificate: Certificate) -> list[Finding]:
    status, gap = certificate.status, certificate.gap
    allowed = view.scenario.solve.gap_percent / 100
    found = f"{status} with a gap of {gap:.3g}"
    if status not in _WITH_PLAN:
        return [_claim("status", f"{status}, yet there is a plan", "a status that has a plan")]
    if view.scenario.plan is not None and status is not Status.MEASURED:
        return [_claim("status", f"{status}, of a plan that was given", str(Status.MEASURED))]
    if status is Status.OPTIMAL and not gap <= OPTIMAL_GAP:
        return [_claim("status", found, f"a gap of at most {OPTIMAL_GAP:g} for {status}")]
    if status is Status.WITHIN_GAP and not gap <= allowed + OPTIMAL_GAP:
        return [_claim("status", found, f"a gap of at most {allowed:g} (solve.gap_percent)")]
    return []
