"""Mutants: a source with one small fault each, as mutmut makes them.

The faults are those of mutmut's operators, less those that a type checker or the first
call finds (an argument dropped) and those in prose; and a few that mutmut does not make:
``max`` for ``min``, ``any`` for ``all``, a condition that always holds, a call left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider
from mutmut.mutation import mutators

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Mutant", "mutants_of"]

_SWAPS = {"max": "min", "min": "max", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil"}
_SWAPS |= {"minimum": "maximum", "maximum": "minimum"}
# What a type checker needs, and what only says how something is shown.
_LEFT_ALONE = {"cast", "TypeVar", "len", "isinstance"}


@dataclass(frozen=True)
class Mutant:
    """A source with one fault.

    Parameters
    ----------
    file
        Path below the root of the project.
    first, last
        Lines of the statement that was changed, from 1.
    function
        Where: dotted names of class and function; empty at the level of the module.
    was, now
        The line or lines that differ, without indent, joined by a blank.
    source
        The whole file with the fault.
    """

    file: str
    first: int
    last: int
    function: str
    was: str
    now: str
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What stays the same when other lines of the file move."""
        return self.file, self.function, self.was, self.now


def mutants_of(file: str, source: str) -> list[Mutant]:
    """Return every mutant of a source, in the order of its lines."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = _Visitor(wrapper.module)
    wrapper.visit(visitor)
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    seen: set[str] = set()
    times: Counter[tuple[str, str, str]] = Counter()
    found = []
    for (first, last), function, (begin, end), text in visitor.found:
        start, stop = starts[begin[0] - 1] + begin[1], starts[end[0] - 1] + end[1]
        mutated = source[:start] + text + source[stop:]
        if mutated in seen or mutated == source:
            continue
        seen.add(mutated)
        was, now = _differing(source, mutated)
        times[function, was, now] += 1
        if times[function, was, now] > 1:  # one line twice in a function
            function = f"{function} {times[function, was, now]}"  # noqa: PLW2901
        found.append(Mutant(file, first, last, function, was, now, mutated))
    return found


def _differing(before: str, after: str) -> tuple[str, str]:
    """Return the lines in which two texts differ, without indent."""
    old = [line.strip() for line in before.splitlines()]
    new = [line.strip() for line in after.splitlines()]
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return tuple(  # type: ignore[return-value]
        " ".join(lines[head : len(lines) - tail]) for lines in (old, new)
    )


class _Visitor(cst.CSTVisitor):
    """Collect (lines of the statement, function, span, new text) for each fault."""

    METADATA_DEPENDENCIES = (PositionProvider, WhitespaceInclusivePositionProvider)

    def __init__(self, module: cst.Module) -> None:
        super().__init__()
        self.found: list[tuple[tuple[int, int], str, tuple[Any, Any], str]] = []
        self._module = module
        self._names: list[str] = []
        self._statements: list[tuple[int, int]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _is_left_alone(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._names.append(node.name.value)
        if isinstance(node, cst.BaseSmallStatement | cst.BaseCompoundStatement | cst.Else):
            where = self.get_metadata(PositionProvider, node)
            self._statements.append((where.start.line, where.end.line))
        for changed, fault in _faults(node):
            self._add(changed, fault)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if _is_left_alone(original_node):
            return
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._names.pop()
        if isinstance(original_node, cst.BaseSmallStatement | cst.BaseCompoundStatement | cst.Else):
            self._statements.pop()

    def _add(self, node: cst.CSTNode, fault: cst.CSTNode) -> None:
        span = self.get_metadata(WhitespaceInclusivePositionProvider, node)
        own = self.get_metadata(PositionProvider, node)
        first, last = self._statements[-1] if self._statements else (own.start.line, own.end.line)
        if isinstance(node, cst.BaseExpression) and last > first:
            last = own.end.line  # of a loop or a condition, the head alone
        begin, end = (span.start.line, span.start.column), (span.end.line, span.end.column)
        text = self._module.code_for_node(fault)
        self.found.append(((first, last), ".".join(self._names), (begin, end), text))


def _is_left_alone(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom | cst.Assert):
        return True
    if m.matches(node, m.If(test=m.Name("TYPE_CHECKING"))):
        return True
    if m.matches(node, m.Assign(targets=[m.AssignTarget(target=m.Name("__all__"))])):
        return True
    if m.matches(node, m.SimpleStatementLine(body=[m.Expr(m.SimpleString())])):
        return True
    return isinstance(node, cst.Call) and _called(node) in _LEFT_ALONE


def _called(node: cst.Call) -> str:
    if isinstance(node.func, cst.Attribute):
        return str(node.func.attr.value)
    return str(node.func.value) if isinstance(node.func, cst.Name) else ""


def _faults(node: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    """Give what is changed, and into what."""
    for kind, operator in mutators.mutation_operators:
        if isinstance(node, kind) and operator not in (
            mutators.operator_arg_removal,
            mutators.operator_string,
        ):
            yield from ((node, fault) for fault in operator(node))
    if isinstance(node, cst.SimpleString):
        yield from ((node, fault) for fault in _string_faults(node))
    if isinstance(node, cst.Call):
        yield from ((node, fault) for fault in _call_faults(node))
    if isinstance(node, cst.If | cst.CompIf):
        yield node.test, _or_true(node.test)
    if isinstance(node, cst.Expr) and isinstance(node.value, cst.Call):
        yield node, cst.Pass()


def _or_true(test: cst.BaseExpression) -> cst.BaseExpression:
    inner = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return cst.BooleanOperation(inner, cst.Or(), cst.Name("True"))


def _string_faults(node: cst.SimpleString) -> Iterator[cst.CSTNode]:
    """Change names and keys; prose is for readers."""
    if " " not in node.raw_value:
        yield next(iter(mutators.operator_string(node)))


def _call_faults(node: cst.Call) -> Iterator[cst.CSTNode]:
    """Pass None for an argument, leave out one that has a name, call the opposite."""
    for at, arg in enumerate(node.args):
        if not arg.star and not m.matches(arg.value, m.Name("None") | m.FormattedString()):
            changed = arg.with_changes(value=cst.Name("None"))
            yield node.with_changes(args=[*node.args[:at], changed, *node.args[at + 1 :]])
        if arg.keyword is not None and len(node.args) > 1:
            yield node.with_changes(args=[*node.args[:at], *node.args[at + 1 :]])
    other = _SWAPS.get(_called(node))
    if other is not None:
        name = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
        yield node.with_deep_changes(name, value=other)
