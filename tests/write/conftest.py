"""A record of a run on a small grid, and the same without geometry."""

from __future__ import annotations

import math
from pathlib import Path

import networkx as nx
import pytest

from amalgamation.graph import UnitGraph, build_graph
from amalgamation.measure import measure_plan
from amalgamation.plan import Plan
from amalgamation.provenance import Source
from amalgamation.scenario.schema import Graph, Scenario, TerritorySection
from amalgamation.status import AimValue, BlockReport, Certificate, Status
from amalgamation.territory import grid_territory
from amalgamation.write import RunRecord


def build_record(*, with_geometry: bool = True) -> RunRecord:
    territory = grid_territory(3, 4, with_geometry=with_geometry)
    options = Graph()
    if with_geometry:
        graph = build_graph(territory, options, Path())
    else:
        nodes = nx.Graph()
        nodes.add_nodes_from(territory.ids)
        graph = UnitGraph(nodes)
    plan = Plan.from_seats({unit: unit[:4] + "01" for unit in territory.ids})
    block = BlockReport("O1", 12, 3, Status.FEASIBLE, 1.5, -math.inf, 2, 3, 0.25, "kTimeLimit")
    certificate = Certificate(
        Status.FEASIBLE,
        1.5,
        -math.inf,
        aims=(AimValue("access", "person-km", 3.0, 2.0, 1.0),),
        blocks=(block,),
        seconds=0.25,
        seed=7,
    )
    return RunRecord(
        scenario=Scenario(scenario="rows", territory=TerritorySection(units="grid.gpkg")),
        plan=plan,
        territory=territory,
        graph=graph,
        scorecard=measure_plan(plan, territory, graph),
        certificate=certificate,
        inputs=(Source("units", "grid.gpkg", "0" * 64),),
        checks=("walls", "contiguity"),
        formats=("csv", "geojson", "gpkg", "png", "html"),
        map_png=b"\x89PNG made elsewhere",
        report_html="<!DOCTYPE html>made elsewhere",
    )


@pytest.fixture(scope="session")
def record() -> RunRecord:
    return build_record()


@pytest.fixture(scope="session")
def bare_record() -> RunRecord:
    return build_record(with_geometry=False)
