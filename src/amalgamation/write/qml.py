"""QGIS styles as XML: renderers and labels, in the words that every QGIS 3 reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Look", "Style", "to_qml"]

_GEOMETRY = {"marker": "0", "line": "1", "fill": "2"}
_CLASSES = {"marker": "SimpleMarker", "line": "SimpleLine", "fill": "SimpleFill"}


@dataclass(frozen=True)
class Look:
    """Draw some of a layer's features in one way.

    Parameters
    ----------
    label
        What the legend says.
    where
        Which features: a value where the style is by ``column``, else an expression of
        QGIS; empty for all others.
    drawn
        The symbol's properties, in the words of QGIS.
    """

    label: str
    where: str
    drawn: Mapping[str, str]


@dataclass(frozen=True)
class Style:
    """Say how QGIS draws a layer.

    Parameters
    ----------
    layer
        Name of the layer in ``plan.gpkg``.
    name
        Name of the style in QGIS's own list.
    kind
        ``fill``, ``line`` or ``marker``.
    looks
        One for each sort of feature.
    column
        Column whose values the looks stand for; empty where they are expressions.
    labelled
        Column that is written beside each feature; empty for none.
    labelled_first
        Column whose greater figures find room first; empty for no order.
    """

    layer: str
    name: str
    kind: str
    looks: Sequence[Look] = field(default_factory=tuple)
    column: str = ""
    labelled: str = ""
    labelled_first: str = ""

    def to_elements(self) -> list[ET.Element]:
        """Convert to the elements that a style and a project's layer have in common."""
        renderer = _categories(self) if self.column else _rules(self)
        symbols = ET.SubElement(renderer, "symbols")
        for number, look in enumerate(self.looks):
            symbols.append(_symbol(self.kind, str(number), look.drawn))
        labels = [_labels(self.labelled, self.labelled_first)] if self.labelled else []
        return [renderer, *labels, _text("layerGeometryType", _GEOMETRY[self.kind])]


def to_qml(style: Style) -> str:
    """Convert a style to QML, the text that QGIS keeps in ``layer_styles``.

    Examples
    --------
    >>> to_qml(Style("ties", "ties", "line", [Look("tie", "", {"line_color": "0,0,0"})]))[:43]
    '<qgis version="3.22.0" labelsEnabled="0"><r'
    """
    root = ET.Element("qgis", version="3.22.0", labelsEnabled=str(int(bool(style.labelled))))
    root.extend(style.to_elements())
    return ET.tostring(root, encoding="unicode")


def _categories(style: Style) -> ET.Element:
    renderer = ET.Element("renderer-v2", type="categorizedSymbol", attr=style.column)
    categories = ET.SubElement(renderer, "categories")
    for number, look in enumerate(style.looks):
        words = {"value": look.where, "label": look.label, "symbol": str(number)}
        ET.SubElement(categories, "category", words, render="true", type="string")
    return renderer


def _rules(style: Style) -> ET.Element:
    renderer = ET.Element("renderer-v2", type="RuleRenderer")
    rules = ET.SubElement(renderer, "rules", key=f"{style.layer}-{style.name}")
    for number, look in enumerate(style.looks):
        words = {"filter": look.where or "ELSE", "label": look.label, "symbol": str(number)}
        ET.SubElement(rules, "rule", words, key=f"{style.layer}-{style.name}-{number}")
    return renderer


def _symbol(kind: str, name: str, drawn: Mapping[str, str]) -> ET.Element:
    symbol = ET.Element("symbol", type=kind, name=name, alpha="1")
    layer = ET.SubElement(symbol, "layer", {"class": _CLASSES[kind]}, enabled="1")
    for key, value in drawn.items():
        ET.SubElement(layer, "prop", k=key, v=value)
    return symbol


def _labels(column: str, first: str) -> ET.Element:
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings")
    style = ET.SubElement(
        settings, "text-style", fieldName=column, fontSize="8", textColor="34,48,60,255"
    )
    buffer = {"bufferDraw": "1", "bufferSize": "0.7", "bufferColor": "255,255,255,220"}
    ET.SubElement(style, "text-buffer", buffer)
    # 6: beside the point, where room is found in the order of cartographers
    ET.SubElement(settings, "placement", placement="6", dist="0.8")
    if first:
        settings.append(_priority(first))
    return labeling


def _priority(column: str) -> ET.Element:
    """Rank labels from 0 to 10 by the logarithm of a figure: 3 million and more have 10."""
    properties = ET.Element("dd_properties")
    whole = ET.SubElement(properties, "Option", type="Map")
    named = ET.SubElement(whole, "Option", name="properties", type="Map")
    priority = ET.SubElement(named, "Option", name="Priority", type="Map")
    rank = f'min(10, ln(1 + coalesce("{column}", 0)) / 1.5)'
    for name, value, kind in (
        ("active", "true", "bool"),
        ("expression", rank, "QString"),
        ("type", "3", "int"),  # an expression
    ):
        ET.SubElement(priority, "Option", name=name, value=value, type=kind)
    return properties


def _text(tag: str, words: str) -> ET.Element:
    element = ET.Element(tag)
    element.text = words
    return element
