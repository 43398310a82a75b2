"""Optima that are known without a solver: least cuts of boards, perfect codes, paths.

- Cutting a board into connected parts of equal size at the fewest neighbours: the minimum
  perimeter equi-partition of Christou and Meyer (1996). No part of A cells has a perimeter
  below ``2 ceil(2 sqrt(A))`` (Harary and Harborth 1976), which bounds the cut; what can be
  reached is taken from a count of all divisions (`boards.spectrum`).
- Median problems whose optimum a perfect code gives: p balls of one radius that fill a graph
  are p municipalities of least distance, since no seat has more units that near. Tori by
  Golomb and Welch (1970), cubes by Hamming (1950).
- A path of equal units in k pieces: ``floor(m^2 / 4)`` for a piece of m units, in the middle
  of which its seat lies, and pieces that differ by one unit at most, by convexity.
"""

from math import ceil, sqrt

import pytest

from amalgamation.model import build_problem
from amalgamation.solve import solve_problem
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from strategies import build_scenario
from validation import boards

CUTS = "Boards cut into equal connected parts, fewest neighbours parted"
CODES = "Perfect codes as municipalities, person-km"
PATHS = "Paths cut into pieces, person-km"
TIMES = "\N{MULTIPLICATION SIGN}"
COUNTED = {"ties_cut": {"weight": 1.0, "by": "count"}}


def solve_to_the_end(rules, aims, ground, engine):
    """Return the plan's value of the one aim, in its own unit; optimal, and verified."""
    question = build_scenario(rules, aims), *ground
    problem = build_problem(*question)
    solution = solve_problem(problem, gap=0.0, seconds=600.0, processes=1, engine=engine)
    certificate = solution.certificate
    assert certificate.status is Status.OPTIMAL
    assert verify_plan(solution.plan, *question, certificate) == ()
    (aim,) = problem.aims
    value = certificate.cost * problem.references[aim.name] / aim.weight
    assert certificate.bound <= certificate.cost
    return value


def parted(side, parts):
    """Return the fewest neighbours parted of all divisions there are, and the bound on them."""
    size, pairs = side * side // parts, boards.grid(side, side)
    sets = boards.connected(side * side, pairs, [size])
    least = boards.in_number(boards.spectrum(side * side, pairs, sets), parts)[1]
    perimeter = 2 * ceil(2 * sqrt(size))
    return least, ceil((parts * perimeter - 4 * side) / 2)


LONG = pytest.mark.whole


@pytest.mark.parametrize(
    ("side", "parts", "engine"),
    [
        (4, 4, "compact"),
        (4, 4, "columns"),
        (4, 2, "compact"),
        (4, 2, "columns"),
        pytest.param(5, 5, "columns", marks=LONG),
        pytest.param(6, 6, "columns", marks=LONG),
        pytest.param(6, 9, "columns", marks=LONG),
        pytest.param(6, 12, "columns", marks=LONG),
    ],
)
def test_a_board_is_cut_at_as_few_ties_as_any_of_its_divisions(side, parts, engine, figure):
    least, bound = parted(side, parts)
    size = float(side * side // parts)
    rules = {"municipalities": {"exactly": parts}, "population": {"min": size, "max": size}}
    ground = boards.board(side * side, boards.grid(side, side))
    found = solve_to_the_end(rules, COUNTED, ground, engine)
    known = f"{least} of all divisions, {bound} at least by perimeter"
    figure(CUTS, f"{side} {TIMES} {side} into {parts} ({engine})", known, f"{found:g}")
    assert least >= bound
    assert found == pytest.approx(least)


def torus(side):
    return side * side, boards.grid(side, side, torus=True)


@pytest.mark.parametrize(
    ("name", "board", "seats", "around", "sized", "engine"),
    [
        ("cube of 3 bits, radius 1", (8, boards.cube(3)), 2, [3], True, "compact"),
        ("cube of 3 bits, radius 1", (8, boards.cube(3)), 2, [3], True, "columns"),
        (f"torus 5 {TIMES} 5, radius 1", torus(5), 5, [4], True, "compact"),
        (f"torus 5 {TIMES} 5, radius 1", torus(5), 5, [4], True, "columns"),
        (f"torus 5 {TIMES} 5, radius 1", torus(5), 5, [4], False, "compact"),
        *(
            pytest.param(name, board, seats, around, sized, engine, marks=LONG)
            for name, board, seats, around, sized, engine in [
                ("cube of 7 bits, radius 1", (128, boards.cube(7)), 16, [7], False, "compact"),
                (f"torus 10 {TIMES} 10, radius 1", torus(10), 20, [4], False, "compact"),
                (f"torus 10 {TIMES} 10, radius 1", torus(10), 20, [4], True, "columns"),
                (f"torus 13 {TIMES} 13, radius 2", torus(13), 13, [4, 8], False, "compact"),
            ]
        ),
    ],
)
def test_a_perfect_code_is_found(name, board, seats, around, sized, engine, figure):
    """Balls of equal size; where that is a rule (`sized`), the ball is minimum and maximum."""
    units, pairs = board
    ball = 1 + sum(around)
    assert seats * ball == units
    known = seats * sum((far + 1) * count for far, count in enumerate(around))
    rules = {"municipalities": {"exactly": seats}}
    if sized:
        rules["population"] = {"min": ball, "max": ball}
    found = solve_to_the_end(rules, {"access": 1.0}, boards.board(units, pairs), engine)
    how = f"{engine}, of equal size" if sized else f"{engine}, of any size"
    figure(CODES, f"{name} ({how})", known, f"{found:g}")
    assert found == pytest.approx(known)


def best_pieces(units, pieces):
    """Return the least sum over pieces that differ by at most one unit."""
    short, longer = divmod(units, pieces)
    return longer * ((short + 1) ** 2 // 4) + (pieces - longer) * (short**2 // 4)


@pytest.mark.parametrize("engine", ["compact", "columns"])
@pytest.mark.parametrize(
    ("units", "pieces", "least"),
    [(17, 4, 1), (30, 7, 3), pytest.param(60, 7, 5, marks=LONG)],
)
def test_a_path_is_cut_into_pieces_that_differ_by_one_unit(units, pieces, least, engine, figure):
    ground = boards.board(units, [(unit, unit + 1) for unit in range(units - 1)])
    rules = {"municipalities": {"exactly": pieces}, "population": {"min": float(least)}}
    found = solve_to_the_end(rules, {"access": 1.0}, ground, engine)
    known = best_pieces(units, pieces)
    figure(PATHS, f"{units} units into {pieces} ({engine})", known, f"{found:g}")
    assert found == pytest.approx(known)
