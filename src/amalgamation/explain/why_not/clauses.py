"""Clauses: the rules of a scenario one by one, each of which can be left away.

In: rules and the units they are asked of. Out: clauses, in a fixed order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.explain.why_not.dials import number_key, range_key, with_number, with_range
from amalgamation.findings import name_some
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amalgamation.scenario.schema import AttributeRange, NumberRange, Rules
    from amalgamation.territory.territory import Territory

__all__ = ["Clause", "list_clauses"]


@dataclass(frozen=True)
class Clause:
    """Hold one rule that stands or falls by itself.

    Parameters
    ----------
    name
        Its own, such as ``"rules.population.min"``.
    words
        What it asks, in names and figures.
    without
        Rules -> the same rules without this clause.
    separates
        Whether it holds units apart, so that without it more of them belong together.
    """

    name: str
    words: str
    without: Callable[[Rules], Rules]
    separates: bool = False


def list_clauses(rules: Rules, territory: Territory) -> tuple[Clause, ...]:
    """Return the clauses of some rules; contiguity is none, as every plan keeps it.

    Parameters
    ----------
    rules
        The scenario's.
    territory
        Gives names and units of measure.

    Examples
    --------
    >>> from amalgamation.inputs import read_inputs
    >>> from amalgamation.scenario import read_scenario
    >>> file, territory, graph = read_inputs(read_scenario("toy"))
    >>> for clause in list_clauses(file.scenario.rules, territory):
    ...     print(clause.name, "-", clause.words)
    rules.municipalities.min - at least 4 municipalities
    rules.municipalities.max - at most 4 municipalities
    rules.population.min - at least 8,000 people
    """
    return (
        *_separating(rules),
        *_numbers(rules, territory),
        *_wishes(rules, territory),
        *_plain(rules),
        *_ratios(rules),
        *_ranges(rules, territory),
    )


def _separating(rules: Rules) -> Iterator[Clause]:
    for section in ("walls", "like"):
        for name in getattr(rules, section):
            words = f"the wall of every {name}" if section == "walls" else f"{name} not mixed"
            drop = _opening(name) if section == "walls" else _dropping_item(section, name)
            yield Clause(f"rules.{section}.{name}", words, drop, separates=True)


def _opening(tier: str) -> Callable[[Rules], Rules]:
    def drop(rules: Rules) -> Rules:
        # a number of municipalities of a parent has no meaning where they cross its border
        numbers = rules.municipalities
        per_parent = {name: own for name, own in numbers.per_parent.items() if name != tier}
        counted = {"municipalities": numbers.model_copy(update={"per_parent": per_parent})}
        return _dropping_item("walls", tier)(rules).model_copy(update=counted)

    return drop


def _dropping_item(section: str, name: str) -> Callable[[Rules], Rules]:
    def drop(rules: Rules) -> Rules:
        kept = [item for item in getattr(rules, section) if item != name]
        return rules.model_copy(update={section: kept})

    return drop


def _numbers(rules: Rules, territory: Territory) -> Iterator[Clause]:
    yield from _ends(rules.municipalities, None, "")
    for tier, own in sorted(rules.municipalities.per_parent.items()):
        for code, number in sorted(own.items()):
            yield from _ends(number, (tier, code), f" in {territory.parent_name(tier, code)}")


def _ends(numbers: NumberRange, parent: tuple[str, str] | None, where: str) -> Iterator[Clause]:
    ends = (("min", "at least", numbers.lowest), ("max", "at most", numbers.highest))
    for end, word, value in ends:
        if value is not None:
            noun = "municipality" if value == 1 else "municipalities"
            words = f"{word} {value:,} {noun}{where}"
            yield Clause(number_key(parent, end), words, _dropping_end(parent, end))


def _dropping_end(parent: tuple[str, str] | None, end: str) -> Callable[[Rules], Rules]:
    def drop(rules: Rules) -> Rules:
        numbers: NumberRange = rules.municipalities
        if parent is not None:
            if parent[0] not in rules.municipalities.per_parent:
                return rules  # gone with its wall
            numbers = rules.municipalities.per_parent[parent[0]][parent[1]]
        least = None if end == "min" else numbers.lowest
        most = None if end == "max" else numbers.highest
        return with_number(rules, parent, least, most)

    return drop


def _wishes(rules: Rules, territory: Territory) -> Iterator[Clause]:
    for section, word in (("keep_together", "together"), ("keep_apart", "apart")):
        for number, group in enumerate(getattr(rules, section)):
            if len(group.units) > 1:
                words = f"{_labels(territory, group.units)} kept {word}"
                yield Clause(f"rules.{section}[{number}]", words, _emptying(section, number))
    for unit in rules.frozen:
        drop = _dropping_item("frozen", unit)
        yield Clause(f"rules.frozen.{unit}", f"{territory.labels[unit]} frozen", drop)
    for unit in rules.seats.fixed if rules.seats is not None else ():
        words = f"{territory.labels[unit]} a fixed seat"
        yield Clause(f"rules.seats.fixed.{unit}", words, _unfixing(unit))


def _labels(territory: Territory, units: list[str]) -> str:
    return name_some([territory.labels[unit] for unit in sorted(units)], 3)


def _emptying(section: str, number: int) -> Callable[[Rules], Rules]:
    def drop(rules: Rules) -> Rules:
        groups = list(getattr(rules, section))
        groups[number] = groups[number].model_copy(update={"units": []})
        return rules.model_copy(update={section: groups})

    return drop


def _unfixing(unit: str) -> Callable[[Rules], Rules]:
    def drop(rules: Rules) -> Rules:
        if rules.seats is None:
            return rules
        fixed = [other for other in rules.seats.fixed if other != unit]
        seats = rules.seats.model_copy(update={"fixed": fixed})
        return rules.model_copy(update={"seats": seats})

    return drop


def _plain(rules: Rules) -> Iterator[Clause]:
    """Give the rules that one key holds."""
    seats = rules.seats
    if seats is not None and (seats.types or seats.or_population_min is not None):
        ways = [*seats.types]
        if seats.or_population_min is not None:
            ways.append(f"units of {spell(seats.or_population_min, 'residents')} or more")
        yield Clause("rules.seats", f"seats: {name_some(ways)}", _freeing_seats)
    for unit, limit in (("km", rules.reach_km), ("minutes", rules.reach_minutes)):
        if limit is not None:
            words = f"a reach of {spell(limit.max, unit)}"
            yield Clause(f"rules.reach_{unit}.max", words, _dropping(f"reach_{unit}"))
    if rules.max_units is not None:
        words = f"at most {rules.max_units:,} units each"
        yield Clause("rules.max_units", words, _dropping("max_units"))


def _freeing_seats(rules: Rules) -> Rules:
    """Let any unit be a seat; seats that are fixed stay."""
    if rules.seats is None:
        return rules
    free: dict[str, Any] = {"types": [], "or_population_min": None}
    return rules.model_copy(update={"seats": rules.seats.model_copy(update=free)})


def _dropping(field: str) -> Callable[[Rules], Rules]:
    return lambda rules: rules.model_copy(update={field: None})


def _ratios(rules: Rules) -> Iterator[Clause]:
    for name, rule in sorted(rules.ratios.items()):
        for end, word in (("min", "at least"), ("max", "at most")):
            value = getattr(rule, end)
            if value is not None:
                words = f"{name} {word} {spell(value)}"
                yield Clause(f"rules.ratios.{name}.{end}", words, _dropping_ratio(name, end))


def _dropping_ratio(name: str, end: str) -> Callable[[Rules], Rules]:
    def drop(rules: Rules) -> Rules:
        rule = rules.ratios[name].model_copy(update={end: None})
        return rules.model_copy(update={"ratios": rules.ratios | {name: rule}})

    return drop


def _ranges(rules: Rules, territory: Territory) -> Iterator[Clause]:
    for name, rule in sorted(rules.ranges.items()):
        for end, word in (("max", "at most"), ("min", "at least")):
            values = [getattr(own, end) for own in rule.every]
            known = sorted({value for value in values if value is not None})
            if known:
                unit = territory.attributes[name]
                shown = " or ".join(spell(value, unit) for value in known)
                by = f" by {rule.by}" if len(known) > 1 else ""
                key = f"{range_key(rules, name)}.{end}"
                yield Clause(key, f"{word} {shown}{by}", _dropping_range(name, end))


def _dropping_range(name: str, end: str) -> Callable[[Rules], Rules]:
    def drop(rules: Rules) -> Rules:
        rule: AttributeRange = rules.ranges[name]
        free = {end: None}
        classes = {value: own.model_copy(update=free) for value, own in rule.classes.items()}
        changed = rule.model_copy(update={**free, "classes": classes})
        return with_range(rules, name, changed)

    return drop
