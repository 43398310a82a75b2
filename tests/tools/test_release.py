"""What is released is what was committed, tried and written down."""

import json
import re
import shutil
import subprocess
import zipfile

import pytest
from ruamel.yaml import YAML
from tools.places import ROOT, project

from tools import dist, extras, floors, licences, release

SAID = project()["project"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
CLONED = (ROOT / ".git").exists() and shutil.which("git") is not None
FORGE = pytest.mark.skipif(not WORKFLOWS, reason="a source distribution has no workflows")


def workflow(path):
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.skipif(not CLONED, reason="builds the last commit, by git")
def test_two_clones_and_the_source_distribution_give_the_same_bytes(tmp_path):
    """`build` refuses what differs; here it has nothing to refuse, and the times are git's."""
    sdist, wheel = dist.build(tmp_path)
    assert sdist.name == f"amalgamation-{SAID['version']}.tar.gz"
    with zipfile.ZipFile(wheel) as archive:
        (year,) = {file.date_time[0] for file in archive.infolist()}
    told = subprocess.run(
        ["git", "log", "-1", "--format=%cd", "--date=format:%Y"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(year) == told.stdout.strip()


def test_what_differs_by_a_byte_is_refused(tmp_path):
    for name, text in (("one", "a"), ("two", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.whl").write_text(text)
    with pytest.raises(SystemExit, match="Not reproducible"):
        dist._compare(tmp_path / "one" / "x.whl", tmp_path / "two" / "x.whl", "two clones")
    dist._compare(tmp_path / "one" / "x.whl", tmp_path / "one" / "x.whl", "two clones")


def test_every_dependency_has_a_floor_that_can_be_installed():
    found = floors.floors(project())
    names = [re.split(r"[<>=]", line)[0] for line in SAID["dependencies"]]
    assert set(names) <= {line.partition("==")[0] for line in found}
    with pytest.raises(SystemExit, match="expected name>=floor"):
        floors.floors({"project": {"dependencies": ["numpy"]}})


def test_every_extra_is_tried_and_its_tests_exist():
    assert set(extras.EXTRAS) == set(SAID["optional-dependencies"])
    tests = [ROOT / test for extra in extras.EXTRAS.values() for test in extra.tests]
    assert [str(test) for test in tests if not test.is_file()] == []


def test_the_page_of_licences_names_every_dependency_and_none_that_binds_us():
    """`make licences` writes it; whoever adds a dependency must look at its licence."""
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = [row.split(" | ") for row in page.splitlines() if row.startswith("| ")][1:]
    listed = {licences._plain(row[0].removeprefix("| ")): row[1] for row in rows}
    wanted = [line.partition("==")[0] for line in floors.floors(project())]
    assert {licences._plain(name) for name in wanted} <= set(listed)
    assert [name for name, said in listed.items() if not licences.is_free(said)] == []


@pytest.mark.parametrize(
    ("tag", "changed", "told"),
    [
        ("v1.2.3", "version = 0", "expected v"),
        (f"v{SAID['version']}", "", "CHANGELOG.md: no heading"),
        (f"v{SAID['version']}", "version: 9", "CITATION.cff: no line"),
    ],
)
def test_a_tag_that_is_not_written_down_is_not_released(tag, changed, told, tmp_path):
    (tmp_path / "CHANGELOG.md").write_text("## [Unreleased]\n", encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(f"title: x\n{changed}\n", encoding="utf-8")
    assert any(told in line for line in release.check_tag(tag, tmp_path))


def test_a_tag_that_is_written_down_is_released(tmp_path):
    version = SAID["version"]
    (tmp_path / "CHANGELOG.md").write_text(f"## [{version}] - 2027-01-31\n", encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(f"title: x\nversion: {version}\n", encoding="utf-8")
    assert release.check_tag(f"v{version}", tmp_path) == []


@FORGE
def test_workflows_hold_no_secret_and_may_write_nothing_but_by_a_job_that_says_so():
    for path in WORKFLOWS:
        text, said = path.read_text(encoding="utf-8"), workflow(path)
        assert "secrets." not in text, path.name
        assert said["permissions"] == {"contents": "read"}, path.name
        may = {job.get("permissions", {}).get("id-token") for job in said["jobs"].values()}
        assert may <= ({None, "write"} if path.stem in ("release", "docs") else {None}), path.name


@FORGE
def test_workflows_run_targets_and_tools_that_exist():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        for line in re.findall(r"run: make ([a-z -]+)", text):
            asked = set(line.split()) - {"benchmark-check"}  # made beside this
            assert asked <= set(targets), f"{path.name}: make {line}"
        for module in re.findall(r"python -m tools\.([a-z_]+)", text):
            assert (ROOT / "tools" / f"{module}.py").is_file(), path.name


@FORGE
def test_workflows_pin_each_action_by_a_version():
    for path in WORKFLOWS:
        for action in re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[\w-]+/[\w-]+@(v\d+|release/v1)", action), action


@FORGE
def test_the_classifiers_claim_no_more_than_the_page_says_was_run():
    claimed = re.findall(r"Python :: (3\.\d+)", json.dumps(SAID["classifiers"]))
    page = (ROOT / "docs" / "release.md").read_text(encoding="utf-8")
    rows = [row for row in page.splitlines() if row.startswith("| 3.") and "nothing yet" not in row]
    assert [version for version in claimed if version not in " ".join(rows)] == []
