"""Open a run folder in QGIS without a display, check every layer, and take pictures.

``python3 tools/look_in_qgis.py FOLDER PICTURES``, by the Python that has ``qgis`` (package
``python3-qgis`` of Debian and Ubuntu): ``make test-gis``. It ends with an error if a layer
is not valid, is drawn without its stored style, or leaves the picture blank.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPalLayerSettings,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

# Layer -> kind of renderer that its stored style has, and whether it is labelled.
EXPECTED = {
    "findings": ("RuleRenderer", False),
    "seats": ("RuleRenderer", True),
    "ties": ("RuleRenderer", False),
    "units": ("RuleRenderer", False),
    "municipalities": ("categorizedSymbol", False),
}
MAY_BE_EMPTY = {"findings"}
PRIORITY = QgsPalLayerSettings.Priority
SIZE = QSize(1600, 1000)
COLOURS = 8


def faults_of(layer: QgsVectorLayer, name: str) -> list[str]:
    """Say what is wrong with a layer as QGIS opened it."""
    if not layer.isValid():
        return [f"{name}: not valid: {layer.error().message()}"]
    found = []
    kind, labelled = EXPECTED[name]
    if layer.renderer().type() != kind:
        found.append(f"{name}: drawn by {layer.renderer().type()}; expected {kind}")
    if layer.labelsEnabled() != labelled:
        found.append(f"{name}: labels {layer.labelsEnabled()}; expected {labelled}")
    if labelled and not ordered(layer):
        found.append(f"{name}: labels find room in no order; expected the most populous first")
    if not layer.featureCount() and name not in MAY_BE_EMPTY:
        found.append(f"{name}: no features")
    if not layer.crs().isValid():
        found.append(f"{name}: no CRS")
    broken = [
        f.id() for f in layer.getFeatures() if f.geometry() and not f.geometry().isGeosValid()
    ]
    return found + [f"{name}: {len(broken)} broken geometries"] * bool(broken)


def ordered(layer: QgsVectorLayer) -> bool:
    """Say whether some labels find room before others."""
    settings = layer.labeling().settings()
    # a name of its own keeps it alive: Qt does not
    properties = settings.dataDefinedProperties()
    return properties.isActive(PRIORITY)


def draw(layers: list[QgsVectorLayer], path: Path) -> list[str]:
    """Render layers to a PNG, and say whether it is blank."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[-1].crs())
    settings.setOutputSize(SIZE)
    settings.setBackgroundColor(QColor("white"))
    extent = layers[-1].extent()
    extent.scale(1.03)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(str(path))
    pixels = {
        image.pixel(x, y) for x in range(0, SIZE.width(), 7) for y in range(0, SIZE.height(), 7)
    }
    return [] if len(pixels) >= COLOURS else [f"{path.name}: only {len(pixels)} colours"]


def look_at_package(folder: Path, pictures: Path) -> list[str]:
    """Open each layer of ``plan.gpkg`` as a user who drops the file into QGIS."""
    layers = {
        name: QgsVectorLayer(f"{folder / 'plan.gpkg'}|layername={name}", name, "ogr")
        for name in EXPECTED
    }
    faults = [fault for name, layer in layers.items() for fault in faults_of(layer, name)]
    if faults:
        return faults
    alone = [
        fault
        for name, layer in layers.items()
        if layer.featureCount()
        for fault in draw([layer], pictures / f"{name}.png")
        if name in {"municipalities", "seats"}
    ]
    styles = layers["municipalities"].listStylesInDatabase()
    print("styles of municipalities:", ", ".join(styles[2][: styles[0]]))
    return alone


def look_at_project(folder: Path, pictures: Path) -> list[str]:
    """Open ``plan.qgz`` and draw what it shows."""
    project = QgsProject.instance()
    if not project.read(str(folder / "plan.qgz")):
        return [f"plan.qgz: not read: {project.error()}"]
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    if set(layers) != set(EXPECTED):
        return [f"plan.qgz: found layers {sorted(layers)}; expected {sorted(EXPECTED)}"]
    faults = [fault for name, layer in layers.items() for fault in faults_of(layer, name)]
    if not project.crs().isValid():
        faults.append("plan.qgz: no CRS")
    shown = project.layerTreeRoot().checkedLayers()
    order = [layer for layer in project.layerTreeRoot().layerOrder() if layer in shown]
    print("project:", project.title(), "| shown:", ", ".join(layer.name() for layer in order))
    return faults or draw(order, pictures / "project.png")


def main(folder: Path, pictures: Path) -> int:
    """Look at package and project, and return how many faults were found."""
    pictures.mkdir(parents=True, exist_ok=True)
    application = QgsApplication([], False)  # noqa: FBT003 - no display: Qt's own word
    application.initQgis()
    faults = look_at_package(folder, pictures) + look_at_project(folder, pictures)
    QgsProject.instance().clear()
    application.exitQgis()
    print("\n".join(faults) or f"every layer is valid and styled; pictures in {pictures}")
    return len(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
