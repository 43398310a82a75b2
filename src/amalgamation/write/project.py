"""``plan.qgz``: a QGIS project that opens ``plan.gpkg`` beside it, styled and in order."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pyproj import CRS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from amalgamation.territory import Territory
    from amalgamation.write.qml import Style

__all__ = ["write_project"]

_ORDER = ("seats", "findings", "ties", "units", "municipalities")
"""Layers from the top down."""

_HIDDEN = ("ties",)
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that the format knows: same project, same bytes


def write_project(path: Path, styles: Iterable[Style], territory: Territory, title: str) -> None:
    """Write a QGIS project beside ``plan.gpkg``, which it names by a relative path.

    Parameters
    ----------
    path
        File to write; ``plan.gpkg`` must lie in the same folder.
    styles
        Of the layers; the first of each counts.
    territory
        Gives CRS and extent.
    title
        Of the project.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    chosen: dict[str, Style] = {}
    for style in styles:
        chosen.setdefault(style.layer, style)
    text = ET.tostring(_project([chosen[name] for name in _ORDER], territory, title))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("plan.qgs", _DATE), text)


def _project(styles: list[Style], territory: Territory, title: str) -> ET.Element:
    root = ET.Element("qgis", version="3.22.0", projectname=title)
    _add(root, "title", title)
    wkt = CRS.from_user_input(territory.crs).to_wkt()
    _crs(ET.SubElement(root, "projectCrs"), wkt)
    tree = ET.SubElement(root, "layer-tree-group")
    layers = ET.SubElement(root, "projectlayers")
    for style in styles:
        _branch(tree, style)
        layers.append(_layer(style, wkt))
    root.append(_canvas(territory, wkt))
    root.append(_properties())
    return root


def _properties() -> ET.Element:
    properties = ET.Element("properties")
    paths = ET.SubElement(properties, "Paths")
    _add(paths, "Absolute", "false").set("type", "bool")
    # without it QGIS passes the project's CRS over
    system = ET.SubElement(properties, "SpatialRefSys")
    _add(system, "ProjectionsEnabled", "1").set("type", "int")
    return properties


def _branch(tree: ET.Element, style: Style) -> None:
    shown = "Qt::Unchecked" if style.layer in _HIDDEN else "Qt::Checked"
    words = {"id": _id(style), "name": style.layer, "source": _source(style)}
    ET.SubElement(tree, "layer-tree-layer", words, checked=shown, providerKey="ogr", expanded="0")


def _layer(style: Style, wkt: str) -> ET.Element:
    layer = ET.Element("maplayer", type="vector", labelsEnabled=str(int(bool(style.labelled))))
    _add(layer, "id", _id(style))
    _add(layer, "datasource", _source(style))
    _add(layer, "layername", style.layer)
    _crs(ET.SubElement(layer, "srs"), wkt)
    _add(layer, "provider", "ogr").set("encoding", "UTF-8")
    layer.extend(style.to_elements())
    return layer


def _id(style: Style) -> str:
    # QGIS gives layers whose ids are below ten letters new ones, and loses their places
    return f"plan_gpkg_{style.layer}"


def _source(style: Style) -> str:
    return f"./plan.gpkg|layername={style.layer}"


def _canvas(territory: Territory, wkt: str) -> ET.Element:
    canvas = ET.Element("mapcanvas", name="theMapCanvas")
    _add(canvas, "units", "meters")
    extent = ET.SubElement(canvas, "extent")
    for name, value in zip(
        ("xmin", "ymin", "xmax", "ymax"), territory.geometry.total_bounds, strict=True
    ):
        _add(extent, name, f"{value:.3f}")
    _crs(ET.SubElement(canvas, "destinationsrs"), wkt)
    return canvas


def _crs(parent: ET.Element, wkt: str) -> None:
    system = ET.SubElement(parent, "spatialrefsys", nativeFormat="Wkt")
    _add(system, "wkt", wkt)


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = text
    return element
