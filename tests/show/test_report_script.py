"""The modules of the report's script fit together, and nothing in them lies idle."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from amalgamation.show.report.page import build_script

FOLDER = files("amalgamation.show.report") / "assets"
MODULES = {
    one.name[:-3]: one.read_text("utf-8") for one in FOLDER.iterdir() if one.name.endswith(".js")
}
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?:function|const) (\w+)", re.MULTILINE)


def imports_of(text):
    """Return (module, name) of what a module imports."""
    return [
        (module, name.strip())
        for names, module in IMPORT.findall(text)
        for name in names.split(",")
        if name.strip()
    ]


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_imports_is_exported_there_and_used_here(name):
    text = MODULES[name]
    for module, imported in imports_of(text):
        assert imported in EXPORT.findall(MODULES[module]), f"{module} exports no {imported}"
        assert len(re.findall(rf"\b{imported}\b", text)) > 1, f"{imported} is imported for nothing"


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_exports_is_imported_somewhere(name):
    wanted = {pair for text in MODULES.values() for pair in imports_of(text)}
    assert [one for one in EXPORT.findall(MODULES[name]) if (name, one) not in wanted] == []


def test_each_module_stands_in_the_script_once_and_after_what_it_imports():
    script = build_script()
    order = re.findall(r"^const (\w+)_js = \(\(\) => \{$", script, re.MULTILINE)
    assert sorted(order) == sorted(MODULES)
    for at, name in enumerate(order):
        assert {module for module, _ in imports_of(MODULES[name])} <= set(order[:at]), name
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)


def test_no_module_makes_markup_of_text_or_code_of_it():
    """Names from the data meet `textContent` alone."""
    for name, text in MODULES.items():
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text
        ), name
