/* The outlines as paths of a canvas. Borders are arcs with a unit, or nobody, on either side. */

import { report, units, parentOf } from "./data.js";
import { homeOf } from "./plan.js";

const arcs = (report.map?.arcs ?? []).map(pointsOf);
export const shapes = (report.map?.shapes ?? []).map(shapeOf);
const sides = sidesOf();

function pointsOf(steps) {
  const points = new Float64Array(steps.length);
  for (let at = 0; at < steps.length; at += 1) points[at] = steps[at] + (at > 1 ? points[at - 2] : 0);
  return points;
}

function shapeOf(rings) {
  const path = new Path2D();
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    const points = ring.flatMap((arc) => (arc < 0 ? reversed(arcs[-1 - arc]) : [...arcs[arc]]));
    for (let at = 0; at < points.length; at += 2) {
      if (at) path.lineTo(points[at], points[at + 1]);
      else path.moveTo(points[at], points[at + 1]);
      widen(box, points[at], points[at + 1]);
    }
    path.closePath();
  }
  return { path, box };
}

function reversed(points) {
  const turned = [];
  for (let at = points.length - 2; at >= 0; at -= 2) turned.push(points[at], points[at + 1]);
  return turned;
}

function widen(box, x, y) {
  box[0] = Math.min(box[0], x);
  box[1] = Math.min(box[1], y);
  box[2] = Math.max(box[2], x);
  box[3] = Math.max(box[3], y);
}

function sidesOf() {
  const found = arcs.map(() => []);
  (report.map?.shapes ?? []).forEach((rings, unit) => rings.flat().forEach((arc) => {
    found[arc < 0 ? -1 - arc : arc].push(unit);
  }));
  return found;
}

/* The arcs whose two sides differ, and those with one side alone. */
function border(sideOf) {
  const path = new Path2D();
  sides.forEach((beside, at) => {
    if (beside.length === 1 || sideOf(beside[0]) !== sideOf(beside[1])) trace(path, arcs[at]);
  });
  return path;
}

function trace(path, points) {
  path.moveTo(points[0], points[1]);
  for (let at = 2; at < points.length; at += 2) path.lineTo(points[at], points[at + 1]);
}

export function municipalBorders() {
  return border(homeOf);
}

/* The borders between units, by a class of the two; where there is one unit alone, or no class,
   none. Out: Map class -> path. */
export function bordersBy(classOf) {
  const paths = new Map();
  sides.forEach((beside, at) => {
    const name = beside.length === 2 ? classOf(...beside) : null;
    if (name === null) return;
    if (!paths.has(name)) paths.set(name, new Path2D());
    trace(paths.get(name), arcs[at]);
  });
  return paths;
}

/* The unit across the border of a unit that lies near a place of the grid; null if none does. */
export function unitAcross(unit, x, y, within) {
  let [nearest, least] = [null, within];
  new Set(report.map.shapes[unit].flat().map((arc) => (arc < 0 ? -1 - arc : arc))).forEach((arc) => {
    if (sides[arc].length !== 2) return;
    const far = farFrom(arcs[arc], x, y);
    if (far < least) [nearest, least] = [sides[arc].find((one) => one !== unit) ?? null, far];
  });
  return nearest;
}

function farFrom(points, x, y) {
  let least = Infinity;
  for (let at = 2; at < points.length; at += 2) {
    const [fromX, fromY, wide, high] = [points[at - 2], points[at - 1], points[at] - points[at - 2], points[at + 1] - points[at - 1]];
    const square = wide * wide + high * high;
    const part = square ? Math.min(1, Math.max(0, ((x - fromX) * wide + (y - fromY) * high) / square)) : 0;
    least = Math.min(least, Math.hypot(fromX + part * wide - x, fromY + part * high - y));
  }
  return least;
}

export function unitBorders() {
  return border((unit) => unit);
}

export function tierBorders(tier) {
  return border((unit) => parentOf(tier, unit));
}

/* The outline of a set of units. */
export function outlineOf(members) {
  const inside = new Set(members);
  const path = new Path2D();
  sides.forEach((beside, at) => {
    if (beside.filter((unit) => inside.has(unit)).length === 1) trace(path, arcs[at]);
  });
  return path;
}

export function boxOf(members) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const unit of members) {
    const [left, top, right, bottom] = shapes[unit].box;
    widen(box, left, top);
    widen(box, right, bottom);
  }
  return box;
}

const probe = document.createElement("canvas").getContext("2d");

/* The unit at a place of the grid, or null. */
export function unitAt(x, y) {
  for (let unit = 0; unit < units.id.length; unit += 1) {
    const [left, top, right, bottom] = shapes[unit].box;
    if (x >= left && x <= right && y >= top && y <= bottom && probe.isPointInPath(shapes[unit].path, x, y)) return unit;
  }
  return null;
}
