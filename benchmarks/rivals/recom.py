"""GerryChain's ReCom with short bursts (DeFord et al. 2021; Cannon et al. 2023).

Its own aim: districts of near-equal population; the bursts then keep what scores best, here
our access cost. Its band is symmetric around the mean, so the number of municipalities is
the largest at which the band that begins at the threshold still holds the largest unit.
"""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from benchmarks.rivals.drawn import Judge

__all__ = ["AIM", "Recom", "most_parts"]

AIM = "a random walk over plans of near-equal population; short bursts keep the least access cost"
_BURST = 10
_BURSTS = 10_000_000
_FAR_COST = 1e9
_SHRINK = 0.9


def most_parts(people: Any, threshold: float) -> int:
    """Return the most municipalities whose symmetric band holds threshold and largest unit."""
    mean = max(threshold * 1.05, (float(np.max(people)) + threshold) / 2)
    return max(1, int(np.sum(people) // mean))


class Recom:
    """Draw plans with short bursts of ReCom steps until the judge's time is over."""

    def __init__(self, judge: Judge) -> None:
        self._judge, self._ground = judge, judge.ground
        self._graph = nx.Graph(
            (a, b) for a, some in enumerate(self._ground.neighbours) for b in some
        )
        for unit, people in enumerate(self._ground.people.tolist()):
            self._graph.add_node(unit, population=people)

    def __call__(self, seed: int) -> Any:
        """Return the labels that scored best; None where no start was found."""
        parts = most_parts(self._ground.people, self._ground.threshold)
        ends = time.perf_counter() + self._judge.seconds
        while parts > 1 and time.perf_counter() < ends:
            start = self._start(parts, seed)
            if start is not None:
                return self._burst(start, parts, seed, ends)
            parts = int(parts * _SHRINK)
        return None

    def _band(self, parts: int) -> tuple[float, float]:
        """Return the mean, and the share around it that ends at the threshold."""
        mean = float(self._ground.people.sum()) / parts
        return mean, 1 - self._ground.threshold / mean

    def _start(self, parts: int, seed: int) -> Any:
        import gerrychain as gc  # noqa: PLC0415 - a rival, not a dependency

        graph = gc.Graph.from_networkx(self._graph)
        updaters = {"population": gc.updaters.Tally("population")}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says so when trees are hard to cut
            try:
                return gc.Partition.from_random_assignment(
                    graph, parts, self._band(parts)[1], "population", updaters, rng=seed
                )
            except Exception:  # noqa: BLE001 - it raises what it likes where no tree can be cut
                return None

    def _burst(self, start: Any, parts: int, seed: int, ends: float) -> Any:
        from gerrychain.constraints import (  # noqa: PLC0415
            contiguous,
            within_percent_of_ideal_population,
        )
        from gerrychain.optimization import SingleMetricOptimizer  # noqa: PLC0415
        from gerrychain.proposals import build_recom_proposal_fn  # noqa: PLC0415

        mean, share = self._band(parts)
        optimizer = SingleMetricOptimizer(
            build_recom_proposal_fn("population", mean, share),
            [within_percent_of_ideal_population(start, share), contiguous],
            start,
            self._score,
            maximize=False,
            rng=seed,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for _ in optimizer.short_bursts(_BURST, _BURSTS):
                if time.perf_counter() >= ends:
                    break
        return self._labels(optimizer.best_part)

    def _labels(self, partition: Any) -> Any:
        labels = np.empty(len(self._ground), dtype=np.intp)
        for part, (_, nodes) in enumerate(sorted(partition.parts.items())):
            for node in nodes:
                labels[partition.graph.original_nx_node_id_for_internal_node_id(node)] = part
        return labels

    def _score(self, partition: Any) -> float:
        drawn = self._judge.judge(self._labels(partition))
        return drawn.cost + _FAR_COST * drawn.far
