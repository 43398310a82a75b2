"""Text of a scenario file -> tree of nodes: YAML 1.2 without its dangerous half.

Comes in: text from anywhere. Goes out: a tree and the findings that do not stop the
reading. Tags, endless aliases, deep nesting and several documents are refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from amalgamation.errors import ScenarioError
from amalgamation.findings import Finding
from amalgamation.scenario.scalars import complain_of_number, resolve
from amalgamation.scenario.tree import Document, KeyPath, Node, Place, shortened, shown, where

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_BYTES", "MOST_LEVELS", "MOST_NODES", "parse_yaml"]

MOST_BYTES = 1_000_000
"""Greatest size of a scenario file."""
MOST_LEVELS = 50
"""Deepest nesting."""
MOST_NODES = 50_000
"""Most values in a file, each alias counted as what it stands for."""

_SAFETY = "keep the scenario small and plain: no legitimate one comes near"


def parse_yaml(text: str, document: Document) -> tuple[Node, list[Finding]]:
    """Convert a text to a tree and the findings that did not stop the reading.

    Raises
    ------
    ScenarioError
        If the text is not YAML, is not one section of keys, or is unsafe.
    """
    builder = _Builder(document)
    try:
        root = builder.build(_events(text))
    except YAMLError as error:
        raise ScenarioError([_not_yaml(error, document)]) from error
    if not isinstance(root.value, dict):
        raise ScenarioError([_not_a_section(root)])
    return root, builder.findings


def _events(text: str) -> Iterator[Any]:
    yield from YAML(typ="safe", pure=True).parse(text)


def _not_yaml(error: YAMLError, document: Document) -> Finding:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    place = Place(document, mark.line + 1, mark.column + 1) if mark else Place(document)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Finding(
        "not-yaml",
        where(place),
        f"text that is not YAML ({problem})",
        "YAML 1.2: keys, colons, and indentation by spaces",
        "look at the indentation, colons and quotes of this line and the one above",
    )


def _not_a_section(root: Node) -> Finding:
    return Finding(
        "not-a-section",
        where(root.place),
        shown(root),
        "keys such as `scenario:` and `territory:`",
        "write `amalgamation new` to get a skeleton",
    )


class _Builder:
    """Build a tree from the parser's events; one builder per text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.findings: list[Finding] = []
        self._anchors: dict[str, Node | None] = {}
        self._count = 0

    def build(self, events: Iterator[Any]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self._check_document(event, first=root is None)
                root = self._node(next(events), events, ())
            elif isinstance(event, StreamEndEvent):
                break
        return root or Node(None, Place(self.document, 1, 1))

    def _check_document(self, event: Any, *, first: bool) -> None:
        if not first:
            self._refuse(event, "a second document", "one document", "remove the second `---`")
        if event.version not in (None, (1, 2)):
            found = "a %YAML directive of another version"
            self._refuse(event, found, "YAML 1.2", "remove the directive")

    def _node(self, event: Any, events: Iterator[Any], path: KeyPath) -> Node:
        if isinstance(event, AliasEvent):
            return self._alias(event, path)
        self._check_event(event, path)
        if event.anchor:
            self._anchors[event.anchor] = None  # unfinished: an alias to it would be endless
        node = self._content(event, events, path)
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _content(self, event: Any, events: Iterator[Any], path: KeyPath) -> Node:
        if isinstance(event, MappingStartEvent):
            return self._section(event, events, path)
        if isinstance(event, SequenceStartEvent):
            return self._list(event, events, path)
        return self._scalar(event, path)

    def _check_event(self, event: Any, path: KeyPath) -> None:
        if event.tag is not None:
            found = f"the tag {shortened(str(event.tag))}"
            self._refuse(event, found, "plain values without tags", "remove the tag", path)
        if len(path) > MOST_LEVELS:
            found = f"more than {MOST_LEVELS} levels of nesting"
            self._refuse(event, found, f"at most {MOST_LEVELS} levels", _SAFETY)
        self._count += 1
        if self._count > 2 * MOST_NODES:  # keys count too
            found = f"more than {MOST_NODES:,} values"
            self._refuse(event, found, f"at most {MOST_NODES:,} values", _SAFETY)

    def _alias(self, event: Any, path: KeyPath) -> Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            found = f"the alias *{shortened(event.anchor)} without a finished anchor"
            expected = "an anchor that stands above it"
            self._refuse(event, found, expected, "write the value itself", path)
        return replace(node, place=self._place(event))

    def _section(self, start: Any, events: Iterator[Any], path: KeyPath) -> Node:
        entries: dict[str, Node] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, path)
            node = self._node(next(events), events, (*path, key))
            self._check_double(entries.get(key), event, (*path, key))
            entries.setdefault(key, replace(node, place=self._place(event)))
        return self._parent(start, entries, list(entries.values()), path)

    def _list(self, start: Any, events: Iterator[Any], path: KeyPath) -> Node:
        items: list[Node] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._node(event, events, (*path, len(items))))
        return self._parent(start, tuple(items), items, path)

    def _parent(
        self,
        start: Any,
        value: tuple[Node, ...] | dict[str, Node],
        below: list[Node],
        path: KeyPath,
    ) -> Node:
        size = 1 + sum(node.size for node in below)
        height = 1 + max((node.height for node in below), default=0)
        if size > MOST_NODES or len(path) + height > MOST_LEVELS + 1:
            found = "aliases or values that unfold to more than a scenario can hold"
            expected = f"at most {MOST_NODES:,} values and {MOST_LEVELS} levels"
            self._refuse(start, found, expected, _SAFETY, path)
        return Node(value, self._place(start), size=size, height=height)

    def _scalar(self, event: Any, path: KeyPath) -> Node:
        place = self._place(event)
        if not event.implicit[0]:
            return Node(event.value, place, event.value, quoted=True)
        complaint = complain_of_number(event.value)
        if complaint is None:
            return Node(resolve(event.value), place, event.value)
        found = f"the number {shortened(event.value)}"
        self.findings.append(Finding("number-form", where(place, path), found, *complaint))
        # as text it can do no harm, and its finding is the only one that its key gets
        return Node(event.value, place, event.value)

    def _key(self, event: Any, path: KeyPath) -> str:
        if not isinstance(event, ScalarEvent):
            found = "a key that is a list, a section or an alias"
            self._refuse(event, found, "a word as key", "write the key itself", path)
        self._check_event(event, path)
        key = str(event.value)
        if event.implicit[0] and not isinstance(resolve(key), str):
            self.findings.append(
                Finding(
                    "key-not-text",
                    where(self._place(event), (*path, key)),
                    f"the key {shortened(key)} without quotes",
                    "text as key",
                    f'write it in quotes: "{shortened(key)}"',
                )
            )
        return key

    def _check_double(self, first: Node | None, event: Any, path: KeyPath) -> None:
        if first is None:
            return
        lines = f"lines {first.place.line} and {event.start_mark.line + 1}"
        self.findings.append(
            Finding(
                "duplicate-key",
                where(self._place(event), path),
                f"the key `{shortened(str(path[-1]))}` twice, in {lines}",
                "each key once in its section",
                "keep one of the two",
            )
        )

    def _place(self, event: Any) -> Place:
        return Place(self.document, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(
        self, event: Any, found: str, expected: str, remedy: str, path: KeyPath = ()
    ) -> NoReturn:
        finding = Finding("unsafe-yaml", where(self._place(event), path), found, expected, remedy)
        raise ScenarioError([finding])
