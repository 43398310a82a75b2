"""Sweep: windows over the whole plan, each solved until it is proven that nothing gains."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from amalgamation.solve.search.masks import mask_of
from amalgamation.solve.search.score import LEAST_GAIN
from amalgamation.solve.search.windows import cut_window, solve_window
from amalgamation.solve.task import municipalities_of, units_outside

if TYPE_CHECKING:
    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.search.state import Search
    from amalgamation.solve.search.values import Part

__all__ = ["Sweep"]

# Relative gap at which a window counts as solved.
_GAP = 1e-5
# Work on one window: some 4 s of a window of 36 units that is hard. Seconds would make the plan
# depend on how busy the machine is.
_LOOKS = 500


@dataclass
class Sweep:
    """Solve windows of a plan, and remember which were solved.

    Parameters
    ----------
    search
        What is asked.
    most
        Most units of a window.
    """

    search: Search
    most: int
    _done: set[tuple[int, int]] = field(default_factory=set)

    def improve(self, draft: Draft) -> bool:
        """Solve windows, the dearest first, until one gains; change the draft in place.

        Returns
        -------
        bool
            Whether one gained; without, every window was solved or given up.
        """
        for names in self._windows(draft):
            if self.search.stop():
                return False
            parts = [draft.parts[name] for name in names]
            mask = mask_of(unit for part in parts for unit in part.members)
            if (mask, draft.number) in self._done:
                continue
            better = self._solve(draft, parts)
            if better is None:
                self._done.add((mask, draft.number))
                continue
            fresh = draft.replace(names, better)
            self.search.bests.take(draft)
            self.search.descend(draft, dirty=fresh)
            return True
        return False

    def _windows(self, draft: Draft) -> list[list[int]]:
        """Return a window around each part, those first whose units cost most."""
        score = self.search.score
        worst = sorted(
            draft.parts,
            key=lambda n: (-score.of_part(draft.parts[n]) / len(draft.parts[n].members), n),
        )
        windows = [sorted(self._around(draft, name)) for name in worst]
        return [window for window in windows if len(window) > 1]

    def _around(self, draft: Draft, name: int) -> list[int]:
        """Return a part and those around it, for as long as units fit in."""
        names, size = [name], len(draft.parts[name].members)
        front = draft.neighbours(name)
        while front:
            # The more ties to the window, the more there is to exchange.
            near = [(-self._touch(draft, names, other), other) for other in front]
            other = min(near)[1]
            front.remove(other)
            units = len(draft.parts[other].members)
            if size + units > self.most:
                continue
            names.append(other)
            size += units
            known = {*names, *front}
            front = sorted({*front, *(n for n in draft.neighbours(other) if n not in known)})
        return names

    def _touch(self, draft: Draft, names: list[int], other: int) -> int:
        """Return the number of ties between a part and some others."""
        inside = mask_of(unit for name in names for unit in draft.parts[name].members)
        around = self.search.values.around
        return sum((around[unit] & inside).bit_count() for unit in draft.parts[other].members)

    def _solve(self, draft: Draft, parts: list[Part]) -> list[Part] | None:
        """Return better parts for the same units; None where there are none."""
        search, score = self.search, self.search.score
        task = search.task
        units = sorted(unit for part in parts for unit in part.members)
        window = cut_window(search.problem, task.block, units)
        others = draft.number - sum(not part.is_outside for part in parts)
        fewest = window.problem.blocks[0].fewest
        number = (
            None if task.number[0] is None else max(fewest, task.number[0] - others),
            None if task.number[1] is None else max(fewest, task.number[1] - others),
        )
        asked = replace(task, number=number, looks=_LOOKS, gap=_GAP)
        start = {unit: part.seat for part in parts for unit in part.members}
        if any(part.lack for part in parts):
            start = {}
        answer = solve_window(window, asked, start, search.stop)
        drawn = municipalities_of(search.values.block, answer.seat_of)
        found = [
            *(search.values.part(mask_of(each.members)) for each in drawn),
            *(search.values.outside(unit) for unit in units_outside(answer.seat_of)),
        ]
        better = [part for part in found if part is not None]
        if not better or len(better) < len(found):
            return None
        gains = score.of_parts(better) < score.of_parts(parts) - LEAST_GAIN
        return better if gains else None
