/* The picture of the map: a canvas, painted from outlines, plan and what the reader chose. */

import { report, units, people } from "./data.js";
import { byId } from "./dom.js";
import { municipalities, homeOf, onPlan } from "./plan.js";
import { sumOf } from "./amounts.js";
import { unitName } from "./names.js";
import { view, onView, chosenMunicipality, SURE } from "./view.js";
import { classes, colourOf, tierLook, INK, BORDER } from "./shading.js";
import { shapes, bordersBy, municipalBorders, unitBorders, tierBorders, outlineOf } from "./outline.js";
import { BORDERS, PROVEN, classOf, reasonFor, sureColour, timesCut } from "./study.js";
import { eye, toPixels, nearness, onEye } from "./eye.js";
import { showScale, showLegend } from "./legend.js";

const MANY = 300; // units whose thick borders would hide them
const CHOSEN = "#cc6311";
const FONT = '"Segoe UI", "Noto Sans", "DejaVu Sans", Arial, sans-serif';

const canvas = byId("canvas");
let waiting = false;
const kept = {}; // paths that change only with the plan or the colours

export function startPicture() {
  onPlan(() => forget("fills", "municipal"));
  onView(() => forget("fills"));
  onEye(repaint);
  // paper is finer than a screen: what is printed is the picture as it stands, drawn larger
  window.addEventListener("beforeprint", () => paintFor(3));
  window.addEventListener("afterprint", () => paintFor(window.devicePixelRatio || 1));
}

function forget(...names) {
  for (const name of names) delete kept[name];
  repaint();
  showLegend();
}

function keep(name, build) {
  kept[name] ??= build();
  return kept[name];
}

/* Paint once in the next frame, however often it is asked for. */
export function repaint() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    paint();
  });
}

/* Paint at once, with so many dots to a pixel. */
export function paintFor(dots) {
  canvas.width = Math.round(eye.width * dots);
  canvas.height = Math.round(eye.height * dots);
  paint();
}

function paint() {
  if (!eye.width) return;
  const dots = canvas.width / eye.width;
  const pen = canvas.getContext("2d");
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  const [x, y] = toPixels(0, 0);
  pen.setTransform(dots * eye.scale, 0, 0, dots * eye.scale, dots * x, dots * y);
  pen.lineJoin = "round";
  paintAreas(pen);
  paintLines(pen);
  paintChosen(pen);
  pen.setTransform(dots, 0, 0, dots, 0, 0);
  if (view.layers.get("ties")) paintTies(pen);
  if (view.layers.get("seats")) paintSeats(pen);
  if (view.layers.get("names")) paintNames(pen);
  showScale();
}

/* One path per colour: between units of one colour no seam shows. */
function fills() {
  const scale = classes();
  const paths = new Map();
  units.id.forEach((_, unit) => {
    const colour = view.colourBy === SURE ? sureColour(unit) : colourOf(homeOf(unit), scale);
    if (!paths.has(colour)) paths.set(colour, new Path2D());
    paths.get(colour).addPath(shapes[unit].path);
  });
  return paths;
}

function paintAreas(pen) {
  for (const [colour, path] of keep("fills", fills)) {
    pen.fillStyle = colour;
    pen.fill(path);
  }
}

function stroke(pen, path, colour, width, dash = []) {
  pen.strokeStyle = colour;
  pen.lineWidth = width / eye.scale;
  pen.setLineDash(dash.map((length) => length / eye.scale));
  pen.stroke(path);
  pen.setLineDash([]);
}

function paintLines(pen) {
  const near = Math.min(1, 0.45 + 0.25 * Math.log2(nearness() + 1));
  if (view.layers.get("units")) stroke(pen, keep("units", unitBorders), "rgba(255,255,255,.85)", near);
  const sure = view.layers.get(SURE);
  if (!sure || view.colourBy !== SURE) stroke(pen, keep("municipal", municipalBorders), BORDER, 1.25 * near);
  if (sure) paintSure(pen, near);
  report.data.tiers.forEach((tier) => {
    if (!view.layers.get(`tier.${tier}`)) return;
    const { colour, width, dash } = tierLook(tier);
    stroke(pen, keep(`tier.${tier}`, () => tierBorders(tier)), colour, width, dash);
  });
}

/* The surer a border, the darker and thicker; what is proven has a core of its own. */
function paintSure(pen, near) {
  const paths = keep("sure", () => bordersBy(classOf));
  const bold = units.id.length > MANY ? 0.75 * near : Math.max(0.85, near);
  for (const { name, colour, width } of [...BORDERS].reverse()) {
    if (paths.has(name)) stroke(pen, paths.get(name), colour, width * bold);
  }
  const proven = keep("proven", () => bordersBy((a, b) => (reasonFor(a, b) === "proven" ? (timesCut(a, b) ? "cut" : "kept") : null)));
  for (const [name, path] of proven) stroke(pen, path, PROVEN[name], name === "cut" ? 1.1 : 1.6, name === "cut" ? [] : [2, 3]);
}

function paintChosen(pen) {
  const one = chosenMunicipality();
  if (one) {
    const path = outlineOf(one.units);
    stroke(pen, path, "rgba(255,255,255,.9)", 5);
    stroke(pen, path, CHOSEN, 2.6);
  }
  if (view.unit !== null && !view.hand) stroke(pen, outlineOf([view.unit]), CHOSEN, 1.8, [4, 3]);
  if (!view.picked.size) return;
  for (const unit of view.picked) {
    pen.fillStyle = "rgba(204,99,17,.35)";
    pen.fill(shapes[unit].path);
  }
  stroke(pen, outlineOf([...view.picked]), CHOSEN, 2, [4, 3]);
}

function paintTies(pen) {
  const { a, b } = report.ties;
  for (const isInner of [false, true]) {
    pen.beginPath();
    for (let at = 0; at < a.length; at += 1) {
      const inner = homeOf(a[at]) !== null && homeOf(a[at]) === homeOf(b[at]);
      if (inner !== isInner) continue;
      pen.moveTo(...toPixels(...report.map.seats[a[at]]));
      pen.lineTo(...toPixels(...report.map.seats[b[at]]));
    }
    pen.strokeStyle = isInner ? "rgba(34,48,60,.8)" : "rgba(34,48,60,.22)";
    pen.lineWidth = isInner ? 1.1 : 0.8;
    pen.stroke();
  }
}

function paintSeats(pen) {
  const near = Math.min(3.4, 1.1 + 0.7 * Math.log2(nearness() + 1));
  const radius = Math.max(near, municipalities().length > 80 ? 0 : 3);
  pen.fillStyle = INK;
  pen.strokeStyle = "white";
  pen.lineWidth = 1;
  for (const one of municipalities()) {
    pen.beginPath();
    pen.arc(...toPixels(...report.map.seats[one.seat]), radius, 0, 7);
    if (radius > 2) pen.stroke();
    pen.fill();
  }
}

/* Names of the largest seats first; one that would cover another, or a border of the picture,
   is left out. Names of units stand where the eye is near. */
function paintNames(pen) {
  const taken = [];
  const weight = (one) => (people ? sumOf(one, "population") ?? 0 : one.units.length);
  const order = [...municipalities()].sort((a, b) => weight(b) - weight(a));
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  const most = Math.round((eye.width * eye.height) / 14000);
  let written = 0;
  for (const one of order) {
    if (written >= most) break;
    if (write(pen, one.seat, `600 12px ${FONT}`, INK, taken)) written += 1;
  }
  if (nearness() < 14 && units.id.length > 60) return;
  units.id.forEach((_, unit) => {
    if (homeOf(unit)?.seat !== unit) write(pen, unit, `11px ${FONT}`, "#47535d", taken);
  });
}

function write(pen, unit, font, colour, taken) {
  const [x, y] = toPixels(...report.map.seats[unit]);
  if (x < 0 || y < 8 || x > eye.width || y > eye.height - 8) return false;
  pen.font = font;
  const text = unitName(unit);
  const wide = pen.measureText(text).width;
  const left = x + 7 + wide < eye.width ? x + 7 : x - 7 - wide;
  const box = [left - 2, y - 8, left + wide + 2, y + 8];
  if (left < 0 || taken.some((one) => one[0] < box[2] && one[2] > box[0] && one[1] < box[3] && one[3] > box[1])) return false;
  taken.push(box);
  pen.lineWidth = 3;
  pen.strokeStyle = "rgba(255,255,255,.85)";
  pen.strokeText(text, left, y);
  pen.fillStyle = colour;
  pen.fillText(text, left, y);
  return true;
}
