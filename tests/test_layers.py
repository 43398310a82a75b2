"""The house stands as designed: data flows one way, and this table says who may look where.

An import is an import, also under ``TYPE_CHECKING``: who names a type knows the room.
"""

from __future__ import annotations

import ast
from pathlib import Path

import networkx as nx
import pytest

SOURCE = Path(__file__).parents[1] / "src"
PACKAGE = "amalgamation"

# Plain nouns may import only each other; everybody may import them.
NOUNS = frozenset({"account", "bundled", "errors", "findings", "plan", "provenance", "status"})

# Who may import whom, besides itself and the nouns. An entry that nobody uses is an error,
# so the table is what is, not what might be; the comments say what never may be.
MAY_IMPORT = {
    "language": {"scenario"},  # words, not what they are about; the nearest name is the scenario's
    "scenario": set(),  # asked by all, asks none
    "territory": {"scenario"},
    "graph": {"territory", "scenario"},
    "model": {"graph", "territory", "scenario"},
    "solve": {"model"},
    "verify": {"graph", "territory", "scenario"},  # never model or solve: it is their judge
    "measure": {"graph", "territory", "scenario"},  # never model, solve or verify
    "given": {"model", "verify", "write", "measure", "graph", "territory", "scenario"},
    "explain": {  # never road, which asks it
        *("show", "write", "solve", "model", "verify", "graph", "territory", "scenario"),
    },
    "study": {  # asks a finished run again
        *("road", "result", "given", "inputs", "explain", "verify", "solve", "model", "measure"),
        *("language", "write", "show", "graph", "territory", "scenario"),
    },
    "inputs": {"graph", "territory", "scenario"},  # all files of a scenario, told in one go
    "write": {"measure", "graph", "territory", "scenario"},  # never show
    "show": {"language", "measure", "graph", "territory", "scenario"},  # never write
    "result": {
        *("language", "write", "show", "explain", "measure", "verify", "graph", "territory"),
        "scenario",
    },
    "notebook": {"solve"},  # what a kernel shows while it waits
    "road": {
        *(
            "notebook",
            "result",
            "write",
            "explain",
            "given",
            "inputs",
            "measure",
            "verify",
            "solve",
        ),
        *("model", "graph", "territory", "scenario"),
    },
    "api": {"road", "study"},
    "cli": {
        *("api", "road", "result", "write", "study", "explain", "measure", "verify", "solve"),
        *("model", "territory", "scenario", "language"),
    },
    "__main__": {"cli"},
    # the face of the package: each public name from the room that makes it
    "__init__": {
        *("api", "road", "result", "show", "study", "explain", "measure", "verify", "solve"),
        *("model", "graph", "territory", "scenario"),
    },
}


def module_of(path):
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in sorted(SOURCE.rglob("*.py"))}


def room_of(module):
    """Say in which room of the house a module lies: the part behind the package's name."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def for_types_only(node):
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def names_imported(node):
    """Return the modules of ours that one statement imports."""
    if isinstance(node, ast.Import):
        named = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"line {node.lineno}: relative imports hide the room"
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        named = [name if name in MODULES else node.module for name in whole]
    else:
        return []
    return [name for name in named if name.split(".")[0] == PACKAGE]


def walk(node, *, types):
    """Walk a tree; without ``types``, leave out what only the type checker reads."""
    for child in ast.iter_child_nodes(node):
        if types or not for_types_only(child):
            yield child
            yield from walk(child, types=types)
        else:
            for other in child.orelse:
                yield other
                yield from walk(other, types=types)


def imports(*, types):
    """Yield (module, imported module, where) for every import in the package."""
    for module, path in MODULES.items():
        for node in walk(ast.parse(path.read_text(encoding="utf-8")), types=types):
            for name in names_imported(node):
                yield module, name, f"{path.relative_to(SOURCE)}:{node.lineno}"


def uses():
    """Return (room, room) -> where, for every import that leaves its room."""
    found = {}
    for module, name, where in imports(types=True):
        pair = room_of(module), room_of(name)
        if pair[0] != pair[1]:
            found.setdefault(pair, []).append(where)
    return found


def is_allowed(room, other):
    return other in NOUNS or other in MAY_IMPORT.get(room, ())


def test_no_room_imports_what_the_table_does_not_allow():
    breaches = {
        f"{room} -> {other}": where
        for (room, other), where in uses().items()
        if not is_allowed(room, other)
    }
    assert not breaches


def test_every_line_of_the_table_is_used_so_that_it_shows_the_house_as_it_is():
    used = set(uses())
    idle = [(a, b) for a, others in MAY_IMPORT.items() for b in others if (a, b) not in used]
    assert not idle


def test_every_room_stands_in_the_table():
    assert {room_of(module) for module in MODULES} == set(MAY_IMPORT) | NOUNS


def test_data_flows_one_way():
    """Whatever the table allows, no room may reach itself through others."""
    house = nx.DiGraph((a, b) for a, others in MAY_IMPORT.items() for b in others)
    assert nx.is_directed_acyclic_graph(house)


@pytest.mark.parametrize(
    ("room", "other"),
    [("verify", "model"), ("verify", "solve"), ("measure", "model"), ("measure", "solve")],
)
def test_judges_share_nothing_with_the_judged_even_by_detours(room, other):
    """A verifier that reads the model's own code would repeat its mistakes."""
    house = nx.DiGraph((a, b) for a, others in MAY_IMPORT.items() for b in others)
    assert not nx.has_path(house, room, other)


def test_no_modules_import_each_other_in_a_circle_at_run_time():
    """Imports inside functions count too: a circle that is put off is still one."""
    graph = nx.DiGraph((a, b) for a, b, _ in imports(types=False) if room_of(a) != "__init__")
    circles = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert not circles


def test_the_reading_of_imports_sees_all_kinds():
    """The test above can fail: each way to write an import is recognised."""
    text = """
import amalgamation.graph.ties
from amalgamation import plan
from amalgamation.solve import highs
from amalgamation.solve import solve_problem
if TYPE_CHECKING:
    from amalgamation.model import Problem
else:
    import amalgamation.api
def late():
    from amalgamation.show import map
"""
    tree = ast.parse(text)
    seen = [[name for node in walk(tree, types=t) for name in names_imported(node)] for t in (0, 1)]
    assert seen[1] == [
        *("amalgamation.graph.ties", "amalgamation.plan", "amalgamation.solve.highs"),
        *("amalgamation.solve", "amalgamation.model", "amalgamation.api", "amalgamation.show.map"),
    ]
    assert seen[0] == [name for name in seen[1] if name != "amalgamation.model"]
