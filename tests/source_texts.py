"""The texts that the source hands to findings, read without running it.

An expression of strings is read as the texts that it may give: what is filled in is a blank,
names are followed to what was assigned to them, parameters to what callers hand over, calls
to what the function returns. What cannot be followed is a blank.
"""

from __future__ import annotations

import ast
import itertools
from collections import defaultdict
from functools import cache
from pathlib import Path

import amalgamation as am

__all__ = ["BLANK", "SOURCES", "texts_of_findings", "trees"]

BLANK = "\0"
SOURCES = Path(am.__file__).parent
PARTS = ("where", "found", "expected", "remedy")
_DEPTH = 8
_MOST = 200
# Their answers are figures or names of the user's own.
_FILLED = frozenset({"name_some", "spell", "label", "labels", "amount", "shown", "str"})


@cache
def trees():
    """Return path -> tree of every module."""
    paths = sorted(SOURCES.rglob("*.py"))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


class Source:
    """Know who calls whom, and where each expression stands."""

    def __init__(self):
        self.owner = {}
        self.imported = defaultdict(set)
        self.calls = defaultdict(list)
        self.functions = defaultdict(list)
        for path, tree in trees().items():
            self._walk(tree, path, (tree,))

    def _walk(self, node, path, scopes):
        for child in ast.iter_child_nodes(node):
            self.owner[id(child)] = (path, scopes)
            if isinstance(child, ast.ImportFrom):
                self.imported[path] |= {one.name for one in child.names}
            inside = scopes
            if isinstance(child, ast.FunctionDef):
                self.functions[child.name].append((path, child))
                inside = (*scopes, child)
            elif isinstance(child, ast.Call):
                self.calls[_called(child)].append(child)
            self._walk(child, path, inside)


@cache
def source():
    return Source()


def _called(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def texts_of_findings():
    """Yield (where it stands, part, text) of every text that a finding may be made of."""
    for call in source().calls["Finding"]:
        path, _ = source().owner[id(call)]
        place = f"{path.relative_to(SOURCES).as_posix()}:{call.lineno}"
        for part in PARTS:
            for text in sorted(_argument(call, PARTS.index(part) + 1, part)):
                yield place, part, text


def _argument(call, position, name, depth=_DEPTH):
    """Return the texts of an argument, which a starred tuple may hold."""
    for word in call.keywords:
        if word.arg == name:
            return read(word.value, depth)
    stars = [at for at, one in enumerate(call.args) if isinstance(one, ast.Starred)]
    if not stars or position < stars[0]:
        return read(call.args[position], depth) if position < len(call.args) else set()
    starred = call.args[stars[0]].value
    return _item(starred, position - stars[0], depth)


def _item(node, at, depth):
    """Return the texts at a position of what is a tuple."""
    if depth < 0:
        return {BLANK}
    if isinstance(node, ast.Tuple | ast.List):
        return read(node.elts[at], depth) if at < len(node.elts) else {BLANK}
    if isinstance(node, ast.IfExp):
        return _item(node.body, at, depth) | _item(node.orelse, at, depth)
    followers = {ast.Name: _values, ast.Call: _returned, ast.Subscript: _held, ast.BoolOp: _held}
    follow = followers.get(type(node), lambda _: ())
    return _union(_item(value, at, depth - 1) for value in follow(node))


def _union(sets):
    return set().union(*sets) or {BLANK}


def _values_read(name, depth):
    """Read what a name may stand for; what it was before it was lengthened is read once."""
    values = [value for value in _values(name) if id(value) not in _reading]
    _reading.update(map(id, values))
    try:
        return _union(read(value, depth - 1) for value in values)
    finally:
        _reading.difference_update(map(id, values))


_reading: set[int] = set()


def read(node, depth=_DEPTH):
    """Return the texts that an expression may give."""
    reader = _READERS.get(type(node))
    return {BLANK} if reader is None or depth < 0 else reader(node, depth)


def _read_constant(node, depth):  # noqa: ARG001 - one of several
    return {node.value if isinstance(node.value, str) else BLANK}


def _read_joined(node, depth):
    return _joined([_part(value, depth) for value in node.values])


def _read_choice(node, depth):
    return read(node.body, depth) | read(node.orelse, depth)


def _read_sum(node, depth):
    added = isinstance(node.op, ast.Add)
    return _joined([read(node.left, depth), read(node.right, depth)]) if added else {BLANK}


def _read_either(node, depth):
    return _union(read(value, depth) for value in node.values)


def _read_held(node, depth):
    return _union(read(value, depth - 1) for value in _held(node))


def _part(value, depth):
    if isinstance(value, ast.Constant):
        return {value.value}
    if value.format_spec is not None or value.conversion != -1:
        return {BLANK}
    return read(value.value, depth)


def _joined(parts):
    texts = {"".join(pieces) for pieces in itertools.islice(itertools.product(*parts), _MOST)}
    return texts or {BLANK}


def _read_call(call, depth):
    name = _called(call)
    if name == "count_of":
        return {_counted(noun) for noun in read(call.args[1], depth)}
    if name in {"strip", "rstrip"}:
        return {text.strip() for text in read(call.func.value, depth)}
    if name == "quoted":
        return {f'"{BLANK}"'}
    if name in _FILLED:
        return {BLANK}
    return _union(read(value, depth - 1) for value in _returned(call))


def _counted(noun):
    return f"{BLANK} {noun[:-1]}ies" if noun.endswith("y") else f"{BLANK} {noun}s"


def _returned(call):
    """Return what the functions return that a call may mean: those of its module first."""
    named = source().functions[_called(call)]
    own = [function for where, function in named if _means(call, where, function)]
    if len(own) > 1:
        return []
    return [
        node.value
        for function in own
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and node.value is not None
    ]


def _means(call, home, function):
    """Say whether a call may mean the function of a module: it knows it by its name."""
    path, _ = source().owner[id(call)]
    of_object = [one.arg for one in function.args.args][:1] in (["self"], ["cls"])
    if isinstance(call.func, ast.Attribute) != of_object:
        return False
    if path == home:
        return True
    if of_object:
        return not function.name.startswith("_")
    return function.name in source().imported[path]


def _held(node):
    """Return the values of a dictionary or tuple of the module, and of an `or`."""
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        holders = _values(node.value)
        return [value for one in holders if isinstance(one, ast.Dict) for value in one.values]
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        return node.value.values
    return []


def _values(name):
    """Return the expressions that a name may stand for."""
    _, scopes = source().owner[id(name)]
    for scope in reversed(scopes):
        found = list(_assigned(scope)[name.id])
        if isinstance(scope, ast.FunctionDef):
            found += _handed(scope, name.id)
        if found:
            return found
    return []


@cache
def _assigned(scope):
    """Return name -> what is assigned to it; what is lengthened, with what it was before."""
    values = defaultdict(list)
    for node in _own_nodes(scope):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            longer = [ast.BinOp(one, ast.Add(), node.value) for one in values[node.target.id]]
            values[node.target.id] += longer
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                _bind(target, node.value, values)
        elif isinstance(node, ast.For | ast.comprehension):
            items = node.iter.elts if isinstance(node.iter, ast.Tuple | ast.List) else []
            for item in items:
                _bind(node.target, item, values)
    return values


def _bind(target, value, values):
    if isinstance(target, ast.Name) and value is not None:
        values[target.id].append(value)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, own in zip(target.elts, value.elts, strict=False):
            _bind(one, own, values)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
        _bind(target, value.body, values)
        _bind(target, value.orelse, values)


def _own_nodes(scope):
    """Walk a scope without the functions inside it."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield child
            yield from _own_nodes(child)


def _handed(function, name):
    """Return what callers hand over for a parameter, and its default."""
    words = [one.arg for one in function.args.args]
    names = [*words, *(one.arg for one in function.args.kwonlyargs)]
    if name not in names:
        return
    defaults = dict(zip(reversed(words), reversed(function.args.defaults), strict=False))
    defaults |= {
        one.arg: value
        for one, value in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    }
    if defaults.get(name) is not None:
        yield defaults[name]
    at = words.index(name) - (words[:1] in (["self"], ["cls"])) if name in words else None
    home, _ = source().owner[id(function)]
    for call in source().calls[function.name]:
        if not _means(call, home, function):
            continue
        given = [word.value for word in call.keywords if word.arg == name]
        if not given and at is not None and at < len(call.args):
            star = any(isinstance(one, ast.Starred) for one in call.args[: at + 1])
            given = [] if star else [call.args[at]]
        yield from given


_READERS = {
    ast.Constant: _read_constant,
    ast.JoinedStr: _read_joined,
    ast.IfExp: _read_choice,
    ast.BinOp: _read_sum,
    ast.BoolOp: _read_either,
    ast.Name: _values_read,
    ast.Subscript: _read_held,
    ast.Call: _read_call,
}
