"""A scenario to start from: short, commented, and valid as it stands."""

from __future__ import annotations

import json

from amalgamation.scenario.read import scenario_from_text

__all__ = ["new_scenario_text"]

_SKELETON = """\
# Write the question here: would fewer, larger municipalities serve this territory better?
scenario: {name}
title: {title}

# Where the units come from: a bundled dataset (`amalgamation datasets` lists them), or
# files of your own beside this one:
#   units: units.gpkg
#   id: code
#   name: name
#   parents: {{rayon: rayon_code, oblast: {{prefix: 2}}}}
#   tables: [{{path: population.csv, id: code}}]
territory:
  dataset: {dataset}

# Who is whose neighbour, and how far apart.
graph:
  ties: {{min_border_m: 100}} # metres; a corner is not a border
  distance: along_ties # or straight, or {{matrix: od.csv, unit: minutes}}

# What every municipality must satisfy. Codes of units are text: write them in quotes.
rules:
  # walls: [oblast] # no municipality crosses the border of an oblast
  # municipalities: {{min: 350, max: 600}}
  population: {{min: 5000}} # unless: {{area_km2: {{min: 9000}}}} lifts it for vast land
  # reach_km: {{max: 80}} # from every unit to its seat
  # keep_together: [{{units: ["a", "b"], reason: one school}}]

# What a plan should keep low; weights compare the aims with each other.
aims:
  access: 1.0 # person-km to the seat
  balance: {{population: 0.3}}
  # ties_cut: 0.1

solve: {{gap_percent: 1, minutes: 10, seed: 1}}
write: [csv, geojson, gpkg, png]

# A variant is a file of its own that starts with `extends:` and the name of this one, and
# states only the keys that change.
"""


def new_scenario_text(name: str, dataset: str) -> str:
    """Return a commented skeleton of a scenario on a bundled dataset.

    Raises
    ------
    ScenarioError
        If the name is not a scenario's name, or the dataset's is empty.

    Examples
    --------
    >>> print(new_scenario_text("my-question", "toy").splitlines()[1])
    scenario: "my-question"
    """
    text = _SKELETON.format(
        name=json.dumps(name), title=json.dumps(name), dataset=json.dumps(dataset)
    )
    scenario_from_text(text, label="new scenario")
    return text
