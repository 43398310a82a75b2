"""A study's page lays its variants side by side, and its table may be asked by itself."""

import re
from dataclasses import replace

import pytest

import amalgamation as am
from amalgamation.errors import DataError, InputError
from amalgamation.study.compare import build_trade_off
from amalgamation.study.sweep import find_plan_table, read_study
from amalgamation.study.sweep import run as run_module
from amalgamation.study.sweep.compared import build_compared, choose_variants
from amalgamation.study.sweep.outcome import Figure, Outcome
from studies import NAMES, OVER, HerePool


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("studies") / "toy"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_module, "LocalPool", HerePool)
        return am.sweep("toy", folder, over=OVER)


def test_the_page_shows_trade_off_maps_agreement_and_changes(study):
    page = (study.folder / "report.html").read_text()
    assert page.count("data:image/png;base64,") == 2
    heads = re.findall("<h2>(.+?)</h2>", page)
    assert heads == ["Trade-off", "Maps", "Who agrees with whom", "Who changes municipality"]
    assert "Pareto set, which no other plan beats: " in page
    assert "default-src 'none'" in page


def test_a_study_stands_for_its_runs_in_its_order(study):
    assert am.compare(study.folder).labels == ["today", *NAMES]
    other = study.folder / "runs" / NAMES[0]
    with pytest.raises(DataError, match="a folder named twice"):
        am.compare(study.folder, other)


def test_its_folder_its_tables_and_itself_give_one_trade_off(study):
    """Directions come from the runs' own measures, also where the table alone is named."""
    files = [path for path in sorted(study.folder.glob("study.*")) if path.suffix != ".json"]
    found = [
        am.trade_off(source, "mean_km", "rules.population.min:max")
        for source in (study, study.folder, *files)
    ]
    assert len(found) >= 3
    assert found[0].x.higher_is_better is False
    assert found[0].notice == study.notice
    for one in found[1:]:
        assert one.pareto == found[0].pareto
        assert one.to_csv() == found[0].to_csv()


def test_a_table_that_was_carried_away_has_no_directions_of_its_own(study, tmp_path):
    path = tmp_path / "study.csv"
    path.write_bytes((study.folder / "study.csv").read_bytes())
    with pytest.raises(InputError, match="say mean_km:min or mean_km:max"):
        am.trade_off(path, "mean_km", "max_km:min")
    assert "Synthetic" in am.trade_off(path, "mean_km:min", "max_km:min").notice


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("study.csv", b"a,b\n1,2\n", "no column variant"),
        ("study.csv", b"", "a file that cannot be read"),
        ("study.parquet", b"PAR", "Parquet, which nothing here reads|cannot be read"),
        ("absent.csv", None, "no such folder"),
    ],
)
def test_what_is_no_table_of_a_study_is_told(tmp_path, name, content, told):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=told):
        find_plan_table(path)


def test_of_many_variants_the_first_and_the_unbeaten_are_laid_side_by_side(study):
    """A page of sixty maps would show nothing."""
    manifest, outcome = study.manifest, study.outcomes[NAMES[0]]
    names = [f"v{at:02}" for at in range(12)]
    asked = tuple(replace(manifest.variants[0], name=name) for name in names)
    outcomes = {
        name: Outcome(name, "optimal", municipalities=3, figures=tuple(figures_of(outcome, at)))
        for at, name in enumerate(names)
    }
    many = replace(study, manifest=replace(manifest, variants=asked), outcomes=outcomes)
    table = find_plan_table(many)
    found = build_trade_off(table.table, ["mean_km", "population_gini"], table.axes)
    assert found.pareto == ("v10", "v11")
    assert choose_variants(many, found) == ["v00", "v10", "v11"]
    assert choose_variants(study, found) == NAMES


def figures_of(outcome, at):
    """Later variants are nearer; the last one is farther again, and alone has more equal sizes."""
    for figure in outcome.figures:
        if figure.name == "mean_km":
            yield replace(figure, plan=20.0 - min(at, 10) + 5 * (at == 11))
        elif figure.name == "population_gini":
            yield replace(figure, plan=0.5 - 0.1 * (at == 11))


def test_a_study_of_one_plan_has_nothing_beside_it(study):
    one = replace(study, outcomes={NAMES[0]: study.outcomes[NAMES[0]]})
    assert build_compared(one) == []


def test_rows_of_an_older_version_have_no_directions_and_are_read():
    old = {"name": "a", "title": "A", "unit": "", "today": 1.0, "plan": 2.0}
    content = Outcome("v", "optimal").to_object() | {"figures": [old]}
    assert Outcome.from_object(content).figures == (Figure("a", "A", "", 1.0, 2.0, None),)


def test_an_empty_study_has_no_runs_to_compare(study, tmp_path):
    (tmp_path / "study.json").write_bytes((study.folder / "study.json").read_bytes())
    assert read_study(tmp_path).finished == 0
    with pytest.raises(DataError, match="found no run"):
        am.compare(tmp_path)
