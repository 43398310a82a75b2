"""Blocks: every unit in one, and nothing but numbers between them."""

from hypothesis import HealthCheck, given, settings

from amalgamation.model import build_problem
from strategies import build_scenario, build_territory, build_unit_graph, questions

MANY = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


@MANY
@given(questions(max_units=9))
def test_every_unit_is_in_one_block_and_no_open_tie_leaves_it(question):
    scenario, territory, graph = question
    problem = build_problem(*question)
    home = {unit: b for b, block in enumerate(problem.blocks) for unit in block.ids}
    assert sorted(unit for block in problem.blocks for unit in block.ids) == list(territory.ids)
    walls = [*scenario.rules.walls, *scenario.rules.like]
    rows = territory.units[walls].itertuples(index=False)
    parents = dict(zip(territory.ids, rows, strict=True))
    for a, b in graph.graph.edges:
        assert (home[a] == home[b]) == (parents[a] == parents[b])
    for block in problem.blocks:
        assert len(block.pieces(range(len(block)))) == 1
        assert len({parents[unit] for unit in block.ids}) == 1


@MANY
@given(questions(max_units=7))
def test_a_seat_that_may_not_be_its_own_serves_nobody(question):
    for block in build_problem(*question).blocks:
        assert set(block.pairs.seat.tolist()) == set(block.pairs.seats)


def test_blocks_stand_in_the_order_of_their_first_unit_and_bear_the_parents_name():
    territory = build_territory([100] * 4, rayon=["21", "11", "11", "21"])
    scenario = build_scenario({"walls": ["rayon"]})
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4), (1, 4)])
    problem = build_problem(scenario, territory, graph)
    assert [(block.name, block.ids) for block in problem.blocks] == [
        ("21", ("u1", "u4")),
        ("11", ("u2", "u3")),
    ]


def test_blocks_of_one_parent_are_told_apart_by_their_first_unit():
    territory = build_territory([100] * 4, rayon=["11", "11", "12", "12"])
    scenario = build_scenario({"walls": ["rayon"]})
    problem = build_problem(scenario, territory, build_unit_graph(4, [(1, 3), (3, 4)]))
    labels = [territory.labels[unit] for unit in ("u1", "u2")]
    assert [b.name for b in problem.blocks] == [f"11: {labels[0]}", f"11: {labels[1]}", "12"]


def test_a_number_of_one_parent_concerns_its_block_alone():
    territory = build_territory([100] * 4, rayon=["11", "11", "12", "12"])
    numbers = {"min": 2, "max": 3, "per_parent": {"rayon": {"12": {"exactly": 1}}}}
    scenario = build_scenario({"walls": ["rayon"], "municipalities": numbers})
    problem = build_problem(scenario, territory, build_unit_graph(4, [(1, 2), (3, 4)]))
    assert [problem.own_range(block) for block in range(2)] == [(None, None), (1, 1)]
    admitted = [(a, b) for a in (1, 2) for b in (1, 2) if problem.limits[0].admits((a, b))]
    assert admitted == [(1, 1), (1, 2), (2, 1)]


def test_like_categories_split_as_walls_do_and_name_their_side():
    """Blank values are like each other, and unlike every word."""
    zone = ["steppe", "desert", "desert", None]
    territory = build_territory([100] * 4, rayon=["11", "11", "12", "12"], zone=zone)
    scenario = build_scenario({"walls": ["rayon"], "like": ["zone"]})
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4), (1, 4)])
    assert [
        (block.name, block.ids) for block in build_problem(scenario, territory, graph).blocks
    ] == [
        ("11 / steppe", ("u1",)),
        ("11 / desert", ("u2",)),
        ("12 / desert", ("u3",)),
        ("12 / no zone", ("u4",)),
    ]


def test_what_an_owner_works_out_of_a_block_is_worked_out_once():
    (block,) = build_problem(build_scenario(), build_territory([1]), build_unit_graph(1, [])).blocks
    asked, owner, other = [], object(), object()
    for each in (owner, owner, other, owner):
        assert block.recall(each, lambda own: asked.append(own.name) or len(asked)) > 0
    assert len(asked) == 2
