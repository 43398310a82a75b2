/* The map: pointed at, pulled, pinched, clicked. No tiles, no library, no network. */

import { report, people } from "./data.js";
import { say, amount } from "./words.js";
import { make, byId, refill } from "./dom.js";
import { homeOf } from "./plan.js";
import { sumOf } from "./amounts.js";
import { unitName, nameOf, whereIs } from "./names.js";
import { view, look, pick, SURE } from "./view.js";
import { unitAt, unitAcross } from "./outline.js";
import { study, timesCut, reasonFor } from "./study.js";
import { eye, toCells, fitEye, moveEye, zoomEye, showWhole, flyTo } from "./eye.js";
import { startPicture, paintFor } from "./picture.js";

const canvas = byId("canvas");

export function startMap() {
  startPicture();
  new ResizeObserver(fit).observe(byId("map"));
  listen();
  byId("zoom-in").addEventListener("click", () => zoomEye(1.6));
  byId("zoom-out").addEventListener("click", () => zoomEye(1 / 1.6));
  byId("zoom-all").addEventListener("click", showWhole);
}

function fit() {
  const box = byId("map").getBoundingClientRect();
  if (!box.width) return;
  fitEye(box.width, box.height);
  paintFor(window.devicePixelRatio || 1);
}

/* Choose a municipality and show its place, wherever on the page the reader is. */
export function goTo(one) {
  look({ chosen: one.id });
  if (!report.map) return;
  const box = byId("map").getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight) byId("map").scrollIntoView({ block: "center" });
  flyTo(one.units);
}

const pointers = new Map();
let pulled = 0;

function placeOf(event) {
  const box = canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function listen() {
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomEye(Math.exp(-event.deltaY / 400), placeOf(event));
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
    zoomEye(apart(now) / Math.max(1, apart(before)), { x: (now.x + others[0].x) / 2, y: (now.y + others[0].y) / 2 });
    return;
  }
  moveEye(before.x - now.x, before.y - now.y);
  byId("tip").hidden = true;
}

function press(event) {
  const moves = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
  if (event.key === "+" || event.key === "=") zoomEye(1.6);
  else if (event.key === "-") zoomEye(1 / 1.6);
  else if (event.key === "Escape") look({ chosen: null, picked: new Set() });
  else if (moves[event.key]) moveEye(...moves[event.key]);
  else return;
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
  else look({ chosen: homeOf(unit)?.id ?? null, unit });
}

const NEAR = 7; // pixels from a border that the pointer means

/* In how many plans the border under the pointer stands. */
function borderWords(unit, event) {
  const { x, y } = toCells(placeOf(event));
  const other = unitAcross(unit, x, y, NEAR / eye.scale);
  if (other === null) return null;
  const cut = timesCut(unit, other);
  const of = study.plans.length;
  const why = { proven: "sure.is_proven", asked: "sure.is_refuted", rule: "sure.is_rule" }[reasonFor(unit, other)];
  return make("span", { class: "border" }, say("sure.border", { name: unitName(other) }), " ",
    cut ? say("sure.cut", { cut, of }) : say("sure.kept", { of }), why ? `; ${say(why)}` : "");
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
    study && view.layers.get(SURE) ? borderWords(unit, event) : null,
  );
  const place = placeOf(event);
  const wide = tip.offsetWidth;
  tip.style.left = `${Math.min(place.x + 14, eye.width - wide - 6)}px`;
  tip.style.top = `${place.y + 16 + tip.offsetHeight > eye.height ? place.y - tip.offsetHeight - 10 : place.y + 16}px`;
}
