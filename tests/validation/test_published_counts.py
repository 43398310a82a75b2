"""How many divisions of a board there are, held against published tables.

The counts are those of Schutzman and MGGG (2018), whose diagonal is the sequence A172477 of
the OEIS. Three readings of the same definition are held against them: every set of units
that our rules admit, every set that the listing engine lists, and what the verifier and the
brute force of these tests (`oracle`) accept.
"""

from itertools import combinations

import pytest

from amalgamation.findings import errors_in
from amalgamation.model import Valuer, build_problem
from amalgamation.plan import Plan
from amalgamation.solve.listing import connected_sets
from amalgamation.verify import verify_plan
from oracle import all_partitions, every_plan
from strategies import build_scenario
from validation import boards

TABLE = "Divisions of boards into connected parts, counted"
TIMES = "\N{MULTIPLICATION SIGN}"
ROOK, QUEEN = False, True

# side, parts, tolerance (None: any size), kind of neighbours -> how many
BY_ALL_SETS = {
    (2, 2, 0, ROOK): 2,
    (3, 3, 0, ROOK): 10,
    (3, 3, 1, ROOK): 58,
    (4, 4, 0, ROOK): 117,
    (4, 2, 0, ROOK): 70,
    (4, 8, 0, ROOK): 36,
    (3, 3, 0, QUEEN): 36,
    (3, 3, 2, QUEEN): 622,
}
LONG = {
    (4, 8, 1, ROOK): 34_444,
    (4, 4, 1, ROOK): 1_953,
    (4, 4, None, ROOK): 62_741,
    (4, 2, None, ROOK): 627,
    (5, 5, 0, ROOK): 4_006,
    (5, 5, 1, ROOK): 193_128,
    (6, 6, 0, ROOK): 451_206,
    (6, 9, 0, ROOK): 178_939,
    (6, 12, 0, ROOK): 80_092,
    (6, 18, 0, ROOK): 6_728,
    (4, 4, 0, QUEEN): 2_620,
    (4, 4, 1, QUEEN): 46_456,
    (4, 2, 0, QUEEN): 1_718,
}


def sizes_of(side, parts, tolerance):
    """Return the sizes that a part may have."""
    if tolerance is None:
        return range(1, side * side - parts + 2)
    mean = side * side // parts
    return range(max(1, mean - tolerance), mean + tolerance + 1)


def question_of(side, parts, tolerance, queen):
    """Ask for so many parts of such sizes, of one resident to the unit."""
    sizes = sizes_of(side, parts, tolerance)
    size = {"min": float(sizes[0]), "max": float(sizes[-1])}
    rules = {"municipalities": {"exactly": parts}, "population": size}
    pairs = boards.grid(side, side, queen=queen)
    return build_scenario(rules), *boards.board(side * side, pairs)


def words(side, parts, tolerance, queen):
    size = "any size" if tolerance is None else f"±{tolerance}" if tolerance else "equal"
    kind = "corners count" if queen else "edges"
    return f"{side} {TIMES} {side} into {parts}, {size}, {kind}"


def admitted_sets(question):
    """Return the connected sets that our rules admit as a municipality, by first unit.

    Of all subsets up to 16 units, contiguity is judged by our rule; of larger boards the
    sets are grown along ties, since all subsets would be too many.
    """
    _, territory, graph = question
    problem = build_problem(*question)
    valuer, units = Valuer(problem, 0), len(territory.ids)
    largest = int(question[0].rules.population.max)
    if units <= 9 or (units <= 16 and largest <= 5):
        candidates = (c for n in range(1, largest + 1) for c in combinations(range(units), n))
    else:
        index = {unit: place for place, unit in enumerate(graph.ids)}
        pairs = [(index[a], index[b]) for a, b in graph.graph.edges]
        grown = boards.connected(units, pairs, range(1, largest + 1))
        candidates = (boards.members(mask) for own in grown for mask in own)
    sets = [[] for _ in range(units)]
    for candidate in candidates:
        valued = valuer.value(candidate)
        if valued is not None and valued.admitted:
            sets[min(candidate)].append(sum(1 << unit for unit in candidate))
    return sets


def count_by_rules(case):
    side, parts, _, queen = case
    sets = admitted_sets(question_of(*case))
    pairs = boards.grid(side, side, queen=queen)
    return boards.in_number(boards.spectrum(side * side, pairs, sets), parts)[0]


@pytest.mark.parametrize(
    ("case", "known"),
    [*BY_ALL_SETS.items(), *(pytest.param(*one, marks=pytest.mark.whole) for one in LONG.items())],
)
def test_what_our_rules_admit_makes_as_many_divisions_as_were_published(case, known, figure):
    found = count_by_rules(case)
    figure(TABLE, words(*case), f"{known:,}", f"{found:,}")
    assert found == known


@pytest.mark.whole
def test_where_the_table_lacks_a_digit_the_count_lies_between_its_neighbours(figure):
    """Parts of 3 to 7 units of the 5 x 5 board: it has 147,250, fewer than of 4 to 6."""
    case = (5, 5, 2, ROOK)
    found = count_by_rules(case)
    figure(TABLE, words(*case), "147,250, below ±1: a digit is missing", f"{found:,}")
    assert LONG[5, 5, 1, ROOK] < found < 6_194_822  # its figure for parts of 2 to 8
    assert f"{found:,}" == "1,472,750"


@pytest.mark.parametrize(("queen", "known"), [(ROOK, 11_506), (QUEEN, None)])
def test_the_listing_engine_lists_every_connected_set_of_a_board_once(queen, known, figure):
    """Known: connected induced subgraphs of the 4 x 4 grid, A059525 of the OEIS."""
    pairs = boards.grid(4, 4, queen=queen)
    scenario, territory, graph = question_of(4, 1, None, queen)
    (block,) = build_problem(scenario, territory, graph).blocks
    listed = [sum(1 << unit for unit in own) for own in connected_sets(block)]
    grown = [mask for own in boards.connected(16, pairs, range(1, 17)) for mask in own]
    assert sorted(listed) == sorted(grown)
    if known is not None:
        figure(TABLE, f"connected sets of the 4 {TIMES} 4 board", f"{known:,}", f"{len(listed):,}")
        assert len(listed) == known


SMALL = {
    (2, 2, 0, ROOK): 2,
    (2, 2, None, QUEEN): 7,
    (3, 3, 0, ROOK): 10,
    (3, 3, 1, ROOK): 58,
    (3, 3, 2, ROOK): 170,
    (3, 3, 3, ROOK): 226,
    (3, 3, None, ROOK): 258,
    (3, 3, 0, QUEEN): 36,
    (3, 3, 1, QUEEN): 224,
    (3, 3, 2, QUEEN): 622,
    (3, 3, 3, QUEEN): 746,
    (3, 3, None, QUEEN): 782,
}


@pytest.mark.parametrize(("case", "known"), SMALL.items())
def test_the_brute_force_of_these_tests_finds_as_many_as_were_published(case, known, figure):
    """It is the judge of everything else, so it is judged itself."""
    question = question_of(*case)
    found = sum(1 for _ in every_plan(*question, {}, {}))
    figure(TABLE, f"{words(*case)}: by the brute force", known, found)
    assert found == known


@pytest.mark.parametrize(
    ("case", "known"),
    [
        ((2, 2, 0, ROOK), 2),
        ((3, 3, 0, ROOK), 10),
        pytest.param((3, 3, 1, ROOK), 58, marks=pytest.mark.whole),
        pytest.param((3, 3, 2, QUEEN), 622, marks=pytest.mark.whole),
    ],
)
def test_the_verifier_accepts_as_many_divisions_as_were_published(case, known, figure):
    """It is asked of every partition into so many parts, connected or not."""
    side, parts, tolerance, _ = case
    question = question_of(*case)
    allowed = sizes_of(side, parts, tolerance)
    found = 0
    for groups in all_partitions(list(question[1].ids)):
        if len(groups) == parts and all(len(group) in allowed for group in groups):
            plan = Plan.from_seats({unit: group[0] for group in groups for unit in group})
            found += not errors_in(verify_plan(plan, *question))
    figure(TABLE, f"{words(*case)}: by the verifier", known, found)
    assert found == known
