"""Real communes: everything read, every tie found. Needs the shared data."""

from pathlib import Path

import pytest

from amalgamation.graph import build_graph
from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory import read_territory

FRANCE = Path(__file__).parents[3] / "shared" / "data" / "france"

pytestmark = pytest.mark.skipif(
    not FRANCE.is_dir(), reason="needs ../shared/data/france, which a bare clone lacks"
)


@pytest.mark.parametrize(
    ("code", "communes", "ties", "islands"),
    [("23", 255, 697, ()), ("48", 152, 384, ("48038",))],
)
def test_department_is_read_with_names_codes_and_ties(code, communes, ties, islands):
    table = {"path": f"communes_{code}.csv", "id": "code"}
    section = {"units": f"communes_{code}.geojson", "tables": [table], "unmatched": "drop"}
    territory = read_territory(TerritorySection.model_validate(section), FRANCE)
    graph = build_graph(territory)
    assert len(territory.ids) == communes
    assert len(graph.ties) == ties
    assert graph.islands == islands  # 900 m off: its former neighbours are not in the file
    assert "epci" not in territory.attributes
