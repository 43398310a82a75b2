/* The map: a canvas that is moved, zoomed and asked. No tiles, no library, no network. */

import { report, units, people, nouns } from "./data.js";
import { figure, say, amount, wordFor, measureTitle, unitWord } from "./words.js";
import { make, byId, refill } from "./dom.js";
import { municipalities, homeOf, onPlan } from "./plan.js";
import { sumOf, measureOf } from "./amounts.js";
import { unitName, nameOf, whereIs } from "./names.js";
import { view, look, onView, pick, chosenMunicipality } from "./view.js";
import { classes, colourOf, stepColour, NO_FIGURE } from "./shading.js";
import {
  shapes, municipalBorders, unitBorders, tierBorders, outlineOf, boxOf, unitAt,
} from "./outline.js";

const INK = "#22303c";
const BORDER = "#56646f";
const CHOSEN = "#cc6311";
const PAD = 14;
const FONT = '"Segoe UI", "Noto Sans", "DejaVu Sans", Arial, sans-serif';

let canvas;
let eye = { x: 0, y: 0, scale: 1 }; // middle of the picture, in cells; pixels per cell
let least = 1; // scale at which all is seen
let size = { width: 0, height: 0 };
let waiting = false;
const kept = {}; // paths that change only with the plan or the colours

export function startMap() {
  canvas = byId("canvas");
  new ResizeObserver(fit).observe(byId("map"));
  listen();
  onPlan(() => forget("fills", "municipal"));
  onView(() => forget("fills"));
  // paper is finer than a screen: what is printed is the picture as it stands, drawn larger
  window.addEventListener("beforeprint", () => paintFor(3));
  window.addEventListener("afterprint", () => paintFor(window.devicePixelRatio || 1));
  byId("zoom-in").addEventListener("click", () => zoom(1.6));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.6));
  byId("zoom-all").addEventListener("click", showAll);
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

/* --- where the eye is ------------------------------------------------------------------ */

function fit() {
  const box = byId("map").getBoundingClientRect();
  const isFirst = size.width === 0;
  const wasAll = Math.abs(eye.scale / least - 1) < 1e-6;
  size = { width: box.width, height: box.height };
  const [wide, high] = report.map.size;
  least = Math.min((size.width - 2 * PAD) / wide, (size.height - 2 * PAD) / high);
  if (isFirst || wasAll) eye = wholeEye();
  else eye.scale = Math.max(eye.scale, least);
  paintFor(window.devicePixelRatio || 1);
}

function paintFor(dots) {
  canvas.width = Math.round(size.width * dots);
  canvas.height = Math.round(size.height * dots);
  paint();
}

function wholeEye() {
  return { x: report.map.size[0] / 2, y: report.map.size[1] / 2, scale: least };
}

function showAll() {
  fly(wholeEye());
}

export function flyTo(members) {
  const [left, top, right, bottom] = boxOf(members);
  const room = 0.45; // leave the neighbours in sight
  const scale = Math.min((room * size.width) / (right - left), (room * size.height) / (bottom - top));
  fly({ x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(Math.max(scale, least), 60 * least) });
}

/* Choose a municipality and show its place, wherever on the page the reader is. */
export function goTo(one) {
  look({ chosen: one.id });
  if (!report.map) return;
  const box = byId("map").getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight) byId("map").scrollIntoView({ block: "center" });
  flyTo(one.units);
}

function fly(goal) {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    eye = goal;
    paint();
    return;
  }
  const from = { ...eye };
  const began = performance.now();
  const stride = (now) => {
    const part = Math.min(1, Math.max(0, (now - began) / 450));
    const soft = part * part * (3 - 2 * part);
    eye = {
      x: from.x + (goal.x - from.x) * soft,
      y: from.y + (goal.y - from.y) * soft,
      scale: from.scale * (goal.scale / from.scale) ** soft,
    };
    paint();
    if (part < 1) requestAnimationFrame(stride);
  };
  requestAnimationFrame(stride);
}

function zoom(factor, at = { x: size.width / 2, y: size.height / 2 }) {
  const scale = Math.min(Math.max(eye.scale * factor, least), 200 * least);
  const before = toCells(at);
  eye = { ...eye, scale };
  const after = toCells(at);
  eye = { scale, x: eye.x + before.x - after.x, y: eye.y + before.y - after.y };
  repaint();
}

function toCells(at) {
  return { x: eye.x + (at.x - size.width / 2) / eye.scale, y: eye.y + (at.y - size.height / 2) / eye.scale };
}

function toPixels(x, y) {
  return [(x - eye.x) * eye.scale + size.width / 2, (y - eye.y) * eye.scale + size.height / 2];
}

/* --- the picture ----------------------------------------------------------------------- */

export function repaint() {
  if (waiting || !canvas) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    paint();
  });
}

function paint() {
  if (!size.width) return;
  const dots = canvas.width / size.width;
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
    const colour = colourOf(homeOf(unit), scale);
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
  const near = Math.min(1, 0.45 + 0.25 * Math.log2(eye.scale / least + 1));
  if (view.layers.get("units")) stroke(pen, keep("units", unitBorders), "rgba(255,255,255,.85)", near);
  stroke(pen, keep("municipal", municipalBorders), BORDER, 1.25 * near);
  report.data.tiers.forEach((tier) => {
    if (!view.layers.get(`tier.${tier}`)) return;
    const { colour, width, dash } = tierLook(tier);
    stroke(pen, keep(`tier.${tier}`, () => tierBorders(tier)), colour, width, dash);
  });
}

/* The outermost tier is a plain dark line; those inside are dashed, in a colour of their own. */
export function tierLook(tier) {
  const outermost = tier === report.outermost;
  return outermost ? { colour: INK, width: 1.8, dash: [] } : { colour: "#8c3b7a", width: 1.3, dash: [6, 3] };
}

function paintChosen(pen) {
  const one = chosenMunicipality();
  if (one) {
    const path = outlineOf(one.units);
    stroke(pen, path, "rgba(255,255,255,.9)", 5);
    stroke(pen, path, CHOSEN, 2.6);
  }
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
  const near = Math.min(3.4, 1.1 + 0.7 * Math.log2(eye.scale / least + 1));
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
  const most = Math.round((size.width * size.height) / 14000);
  let written = 0;
  for (const one of order) {
    if (written >= most) break;
    if (write(pen, one.seat, `600 12px ${FONT}`, INK, taken)) written += 1;
  }
  if (eye.scale < 14 * least && units.id.length > 60) return;
  units.id.forEach((_, unit) => {
    if (homeOf(unit)?.seat !== unit) write(pen, unit, `11px ${FONT}`, "#47535d", taken);
  });
}

function write(pen, unit, font, colour, taken) {
  const [x, y] = toPixels(...report.map.seats[unit]);
  if (x < 0 || y < 8 || x > size.width || y > size.height - 8) return false;
  pen.font = font;
  const text = unitName(unit);
  const wide = pen.measureText(text).width;
  const left = x + 7 + wide < size.width ? x + 7 : x - 7 - wide;
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

/* --- scale and legend ------------------------------------------------------------------ */

function showScale() {
  const metres = (130 / eye.scale) * report.map.step;
  const power = 10 ** Math.floor(Math.log10(metres));
  const round = [5, 2, 1].find((step) => step * power <= metres) * power;
  byId("scale-bar").style.width = `${(round / report.map.step) * eye.scale}px`;
  byId("scale-words").textContent = round >= 1000
    ? amount(round / 1000, "km") : amount(round, "m");
}

export function showLegend() {
  const scale = classes();
  refill("legend", scale ? classLegend(scale) : plainLegend(), lineLegend());
}

function swatch(colour, words) {
  const box = make("span", { class: "swatch" });
  box.style.background = colour;
  return make("li", {}, box, words);
}

function classLegend({ measure, breaks, least: low, most }) {
  const ends = [low, ...breaks, most];
  const rows = ends.slice(0, -1).map((from, at) => swatch(
    stepColour(at, breaks), `${figure(from)} – ${figure(ends[at + 1])}`,
  ));
  const unit = measure.unit ? `, ${unitWord(measure.unit)}` : "";
  const lacks = municipalities().some((one) => measureOf(one, measure.name) === null);
  return [
    make("strong", {}, measureTitle(measure, nouns) + unit),
    make("ul", {}, rows, lacks ? swatch(NO_FIGURE, say("legend.none")) : null),
  ];
}

function plainLegend() {
  return make("strong", {}, say("legend.apart"));
}

function lineLegend() {
  const rows = [line(BORDER, 1.5, [], say("legend.municipality"))];
  report.data.tiers.filter((tier) => view.layers.get(`tier.${tier}`)).forEach((tier) => {
    const { colour, width, dash } = tierLook(tier);
    rows.push(line(colour, width, dash, wordFor(tier)));
  });
  if (view.layers.get("seats")) rows.push(make("li", {}, make("span", { class: "dot" }), say("legend.seat")));
  return make("ul", {}, rows);
}

function line(colour, width, dash, words) {
  const mark = make("span", { class: "line" });
  mark.style.borderTop = `${Math.max(1.5, width)}px ${dash.length ? "dashed" : "solid"} ${colour}`;
  return make("li", {}, mark, words);
}

/* --- pointing, pulling, pinching ------------------------------------------------------- */

const pointers = new Map();
let pulled = 0;

function placeOf(event) {
  const box = canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function listen() {
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), placeOf(event));
  }, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, placeOf(event));
    pulled = 0;
  });
  canvas.addEventListener("pointermove", (event) => (pointers.has(event.pointerId) ? pull(event) : hover(event)));
  canvas.addEventListener("pointerup", (event) => {
    const last = pointers.size === 1;
    pointers.delete(event.pointerId);
    if (last && pulled < 5) click(event);
  });
  canvas.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId));
  canvas.addEventListener("pointerleave", () => { byId("tip").hidden = true; });
  canvas.addEventListener("keydown", press);
}

function pull(event) {
  const before = pointers.get(event.pointerId);
  const now = placeOf(event);
  const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
  pointers.set(event.pointerId, now);
  pulled += Math.hypot(now.x - before.x, now.y - before.y);
  if (others.length) {
    const apart = (place) => Math.hypot(place.x - others[0].x, place.y - others[0].y);
    zoom(apart(now) / Math.max(1, apart(before)), { x: (now.x + others[0].x) / 2, y: (now.y + others[0].y) / 2 });
    return;
  }
  eye = { ...eye, x: eye.x - (now.x - before.x) / eye.scale, y: eye.y - (now.y - before.y) / eye.scale };
  byId("tip").hidden = true;
  repaint();
}

function press(event) {
  const step = 60 / eye.scale;
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  if (event.key === "+" || event.key === "=") zoom(1.6);
  else if (event.key === "-") zoom(1 / 1.6);
  else if (event.key === "Escape") look({ chosen: null, picked: new Set() });
  else if (moves[event.key]) {
    eye = { ...eye, x: eye.x + moves[event.key][0], y: eye.y + moves[event.key][1] };
    repaint();
  } else return;
  event.preventDefault();
}

function under(event) {
  const cell = toCells(placeOf(event));
  return unitAt(cell.x, cell.y);
}

function click(event) {
  const unit = under(event);
  if (unit === null) look({ chosen: null, picked: new Set() });
  else if (view.hand) pick(unit, event.shiftKey || event.ctrlKey || event.metaKey);
  else look({ chosen: homeOf(unit)?.id ?? null });
}

function hover(event) {
  const unit = under(event);
  const tip = byId("tip");
  tip.hidden = unit === null;
  if (unit === null) return;
  const one = homeOf(unit);
  const residents = (value) => (people ? ` · ${amount(value, "residents")}` : "");
  refill(
    "tip",
    make("strong", {}, one ? nameOf(one) + residents(sumOf(one, "population")) : say("outside")),
    make("span", {}, `${unitName(unit)}${residents(people?.[unit])}`),
    make("small", {}, whereIs(unit)),
  );
  const place = placeOf(event);
  const wide = tip.offsetWidth;
  tip.style.left = `${Math.min(place.x + 14, size.width - wide - 6)}px`;
  tip.style.top = `${place.y + 16 + tip.offsetHeight > size.height ? place.y - tip.offsetHeight - 10 : place.y + 16}px`;
}
