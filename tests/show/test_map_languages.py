"""Pictures speak the language that they are asked for, with letters that the font has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font

import amalgamation as am
from amalgamation.errors import InputError
from amalgamation.language import LANGUAGES, Speech, read_words
from amalgamation.show import shade, to_png
from amalgamation.show.labels import FONT

RANGE = {"rules.municipalities": {"exactly": None, "min": 3, "max": 5}, "solve.processes": 1}


@pytest.fixture(scope="module")
def toy():
    return am.run("toy", overrides=RANGE)


def words_of(figure):
    ax = figure.axes[0]
    legend = ax.get_legend()
    labels = [text.get_text() for text in (legend.get_texts() if legend else [])]
    return {text.get_text() for text in ax.texts} | set(labels)


def test_the_map_names_seats_lines_scale_and_what_is_synthetic_in_kazakh(toy):
    words = words_of(toy.plot(language="kk"))
    assert {
        "Он екі бірліктен тұратын ойыншық аумақ",
        "12 бірлік → 4 муниципалитет; оңтайлы, дәлелденген алшақтық 0,00 %",
        "Ойыншық 07",
        "10 км",
        "орталық",
        "муниципалитет",
        "облыс",
        "Синтетикалық деректер: ешбір шынайы жерге сәйкес келмейтін 12 ойдан алынған бірлік.",
        "Дереккөз: toy. Түстер тек көршілерді ажыратады.",
    } <= words


def test_nobody_who_asks_for_no_language_gets_another_than_english(toy):
    assert to_png(toy.plot()) == to_png(toy.plot(language=None))
    assert {"seat", "municipality", "oblast", "10 km", "Toy 07"} <= words_of(toy.plot())


def test_a_shaded_map_says_its_measure_unit_and_classes_in_russian(toy):
    figure = toy.plot("population", language="ru")
    assert figure.axes[0].get_legend().get_title().get_text() == "Население (чел.)"
    assert {"8\u00a0300", "19\u00a0850"} <= words_of(figure)


def test_a_municipality_without_a_figure_is_told_so(toy):
    values = toy.scorecard.municipalities["population"].where(lambda one: one > 12000)
    fills = shade(toy.fills.polygons, values, "Население", Speech("ru"))
    assert fills.classes[-1][1] == "нет данных"


def test_before_and_after_count_in_russian(toy):
    figure = toy.plot_before_after(language="ru")
    words = {text.get_text() for ax in figure.axes for text in ax.texts}
    assert {"До: 12 муниципалитетов", "После: 4 муниципалитета"} <= words


def test_the_frontier_has_axes_legend_and_decimals_of_the_language(toy):
    figure = toy.plot_frontier(language="ru")
    ax = figure.axes[0]
    figure.canvas.draw()
    assert ax.get_xlabel() == "Число муниципалитетов"
    assert "выбранный план" in words_of(figure)
    ticks = [label.get_text() for label in ax.get_yticklabels()]
    assert any("," in tick for tick in ticks)
    assert not any("." in tick for tick in ticks)


def test_the_nations_have_their_names_in_the_language(toy):
    words = words_of(toy.plot_nations(language="kk"))
    assert {"Осы жоспар", "Бүгін", "Түркия", "Оңтүстік Корея"} <= words


def test_a_notice_that_no_catalogue_knows_stands_behind_the_words_that_do(toy):
    """Who cannot read the notice still reads that the data are made up."""
    territory = replace(toy.territory, notice="Faked by hand")
    words = words_of(replace(toy, territory=territory).plot(language="ru"))
    assert any(
        text.startswith("Синтетические данные: вымышлены") and text.endswith("Faked by hand")
        for text in words
    )


def test_an_unknown_language_is_refused_before_anything_is_drawn(toy):
    for draw in (toy.plot, toy.plot_before_after, toy.plot_frontier, toy.plot_nations):
        with pytest.raises(InputError, match="`xx`"):
            draw(language="xx")
    with pytest.raises(InputError, match="`xx`"):
        toy.report(language="xx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_of_the_maps_has_every_letter_of_the_catalogue(language):
    """Else a box would stand where a Kazakh letter belongs."""
    letters = set("".join(read_words()[language].values()))
    known = FT2Font(findfont(FontProperties(family=FONT))).get_charmap()
    assert {letter for letter in letters if ord(letter) not in known and letter != "\n"} == set()
