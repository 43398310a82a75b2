"""Bundled datasets: read through the same reader as anybody's files."""

import pytest

from amalgamation.errors import UnknownDatasetError
from amalgamation.graph import build_graph
from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory import dataset_names, read_territory


def test_names_and_titles_are_listed():
    names = dataset_names()
    assert list(names) == sorted(names)
    assert {"kazakhstan-2021", "toy"} <= set(names)


def test_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(UnknownDatasetError, match="did you mean kazakhstan-2021"):
        read_territory(TerritorySection(dataset="kazakhstan"))


def test_toy_is_twelve_connected_synthetic_units():
    toy = read_territory(TerritorySection(dataset="toy"))
    assert len(toy.ids) == 12
    assert toy.synthetic
    assert "ynthetic" in toy.notice
    assert len(build_graph(toy).components) == 1


def test_kazakhstan_is_the_composition_of_2021_with_two_towns_inside_an_okrug():
    country = read_territory(TerritorySection(dataset="kazakhstan-2021"))
    assert len(country.ids) == 2492
    assert country.units["oblast"].nunique() == 17
    assert [one.check for one in country.findings] == ["enclave"]
    assert country.crs.startswith("+proj=aea")
    assert country.parent_name("oblast", "110000000") == "Akmola"
    assert country.attributes["tax_base"] == "thousand KZT a year"
    assert {"name_ru", "name_kk", "natural_zone", "production"} <= set(country.units.columns)
    graph = build_graph(country)
    assert graph.islands == ()
    assert len(graph.components) == 1


def test_language_of_names_is_the_scenario_s_choice():
    russian = read_territory(TerritorySection(dataset="kazakhstan-2021", name="name_ru"))
    assert russian.units.loc["111000000", "name"] == "Кокшетау"
    assert russian.parent_name("oblast", "110000000") == "Акмолинская область"


def test_part_of_the_country_can_be_asked_for():
    part = read_territory(
        TerritorySection(dataset="kazakhstan-2021", where={"oblast": ["110000000"]})
    )
    assert set(part.units["oblast"]) == {"110000000"}
    assert "republican_city" not in set(part.units["type"])
    assert "republican_city" in part.types
    assert "lon_0=70" in part.crs or "lon_0=6" in part.crs


def test_a_section_with_its_defaults_written_out_reads_the_same():
    """A run's record holds every key, so the verifier reads the territory in this form."""
    short = TerritorySection(dataset="kazakhstan-2021", where={"oblast": ["470000000"]})
    full = TerritorySection.model_validate(short.model_dump())
    assert full.model_fields_set > short.model_fields_set
    assert read_territory(full).units.equals(read_territory(short).units)


def test_parents_have_their_names_in_every_language_of_the_data():
    """The report in Kazakh says "Ақмола облысы", not "Akmola"."""
    territory = read_territory(TerritorySection(dataset="kazakhstan-2021"))
    names = {one: tiers["oblast"]["110000000"] for one, tiers in territory.parent_names_in.items()}
    assert names == {"en": "Akmola", "kk": "Ақмола облысы", "ru": "Акмолинская область"}
    assert territory.parent_name("oblast", "110000000") == "Akmola"
