"""Categories: the columns of words that rules and aims may compare."""

import pytest

from amalgamation.errors import DataError
from amalgamation.scenario.schema import TerritorySection
from amalgamation.territory import grid_territory, read_territory

TABLE = """id,nom,type,rayon,rayon_name,name_kk,area_origin,zone,soil,population
a,Ash,town,R1,One,Ash,real,steppe,1,10
b,Birch,village,R1,One,Birch,real,,2,20
c,Cedar,village,R2,Two,Cedar,real,forest,2,30
"""


def read(folder, **keys):
    (folder / "units.csv").write_text(TABLE, encoding="utf-8")
    question = {"units": "units.csv", "parents": {"rayon": "rayon"}} | keys
    return read_territory(TerritorySection.model_validate(question), folder)


@pytest.mark.parametrize("dataset", ["kazakhstan-2021", "toy"])
def test_bundled_units_have_zone_production_and_type_to_compare(dataset):
    territory = read_territory(TerritorySection(dataset=dataset))
    assert territory.categories == ("type", "natural_zone", "production")


def test_names_parents_origins_and_numbers_are_no_categories(tmp_path):
    """`nom` gives the name, so it is one, whatever the column is called."""
    territory = read(tmp_path)
    assert territory.categories == ("type", "zone")
    assert "soil" in territory.attributes


def test_a_blank_cell_is_a_value_of_its_own(tmp_path):
    assert read(tmp_path).category("zone").to_dict() == {"a": "steppe", "b": "", "c": "forest"}


def test_a_category_may_be_renamed_and_may_be_a_column_of_numbers(tmp_path):
    """Zones are often coded 1, 2, 3: then they are words, and no longer a sum."""
    territory = read(tmp_path, categories={"natural_zone": "zone", "ground": "soil"})
    assert territory.categories == ("type", "natural_zone", "ground")
    assert territory.category("ground").to_list() == ["1", "2", "2"]
    assert "soil" not in territory.attributes
    assert "zone" not in territory.units.columns


def test_a_column_that_is_not_there_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(DataError, match=r"categories\.z.*no column zones.*did you mean zone\?"):
        read(tmp_path, categories={"z": "zones"})


@pytest.mark.parametrize("name", ["rayon", "population", "type", "name_ru", "zone_origin"])
def test_a_category_cannot_take_a_name_that_means_something_else(tmp_path, name):
    with pytest.raises(DataError, match="which means something else"):
        read(tmp_path, categories={name: "zone"})


def test_an_unknown_category_is_a_key_error():
    with pytest.raises(KeyError, match="zone"):
        grid_territory(1, 2).category("zone")
