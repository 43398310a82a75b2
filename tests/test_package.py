"""The package that is installed is the package that was tested."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import amalgamation as am

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MEGABYTE = 1 << 20


def call(*words, cwd, path=None):
    environment = dict(os.environ) | ({} if path is None else {"PYTHONPATH": str(path)})
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(kind, source, folder):
    """Build without a network: the backend itself, without pip's isolation."""
    call(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder, cwd=source)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as file:
        return sorted(file.namelist())


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with the wheel's files and nothing else of ours."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    call(*pip, "--disable-pip-version-check", "--target", folder, wheel, cwd=folder)
    return folder


def test_the_wheel_holds_every_module_of_the_source_and_says_that_it_is_typed(names):
    source = ROOT / "src"
    wanted = {str(path.relative_to(source)) for path in source.rglob("*.py")}
    assert wanted <= set(names)
    assert "amalgamation/py.typed" in names


@pytest.mark.parametrize("kind", ["data", "scenarios"])
def test_the_wheel_holds_every_bundled_file(names, kind):
    paths = [path for path in (ROOT / kind).rglob("*") if path.is_file()]
    wanted = {f"amalgamation/bundled/{path.relative_to(ROOT).as_posix()}" for path in paths}
    assert {name for name in wanted if "__pycache__" not in name} <= set(names)


def test_the_licences_of_code_and_data_travel_with_it(names):
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "amalgamation/bundled/data/kazakhstan/LICENSES.md" in names


def test_nothing_else_is_in_the_wheel(names):
    roots = {name.split("/")[0] for name in names}
    assert roots == {"amalgamation", f"amalgamation-{PROJECT['version']}.dist-info"}
    assert not [name for name in names if re.search(r"(^|/)(tests?|__pycache__)/|\.pyc$", name)]


def test_the_wheel_is_small_enough_to_be_downloaded_without_a_thought(wheel):
    assert wheel.stat().st_size < 5 * MEGABYTE


def test_the_source_distribution_builds_the_same_wheel(names, tmp_path):
    archive = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as file:
        file.extractall(tmp_path, filter="data")
    again = build("wheel", tmp_path / archive.name.removesuffix(".tar.gz"), tmp_path / "wheel")
    with zipfile.ZipFile(again) as file:
        assert sorted(file.namelist()) == names


def test_the_version_is_said_in_one_place(installed, tmp_path):
    script = "import amalgamation as am; print(am.__version__, am.__file__)"
    said = call(sys.executable, "-c", script, cwd=tmp_path, path=installed).split()
    assert said == [PROJECT["version"], str(installed / "amalgamation" / "__init__.py")]
    assert call(installed / "bin" / "amalgamation", "--version", cwd=tmp_path, path=installed) == (
        PROJECT["version"] + "\n"
    )


def test_installed_in_an_empty_folder_it_gives_the_plan_of_the_checkout(installed, tmp_path):
    words = [sys.executable, "-m", "amalgamation", "run", "toy", "-o", "out", "--quiet"]
    call(*words, cwd=tmp_path, path=installed)
    am.run("toy").write(tmp_path / "checkout")
    for name in ("assignment.csv", "units.geojson", "map.png"):
        ours, theirs = tmp_path / "checkout" / name, tmp_path / "out" / name
        assert theirs.read_bytes() == ours.read_bytes(), name


def test_citation_and_changelog_know_this_version():
    citation = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"]
    assert citation["license"] == PROJECT["license"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.findall(r"^## \[?([^\]\s]+)", changes, flags=re.MULTILINE)
    assert PROJECT["version"] in newest[:2]
