/* The plan as it is drawn now, and its past and future.

   A municipality is an object that never changes: { id, seat, units, colour, given }. `given`
   is its position in the run's plan as long as it is the same there, else null. A state is
   { home: municipality of each unit (null outside), all: Map id -> municipality }. */

import { report, units, count, people } from "./data.js";

let state = firstState();
let past = [];
let future = [];
const listeners = [];

function firstState() {
  const members = report.municipalities.id.map(() => []);
  units.home.forEach((at, unit) => at >= 0 && members[at].push(unit));
  const all = new Map(report.municipalities.id.map((id, at) => [id, {
    id, units: members[at], seat: report.municipalities.seat[at],
    colour: report.municipalities.colour[at], given: at,
  }]));
  return { all, home: homesIn(all) };
}

const first = state;
let base = first; // what drawing by hand starts from: the run's plan, or another of a study
let shown = 0; // which of a study's plans that is

function homesIn(all) {
  const home = new Array(count).fill(null);
  for (const one of all.values()) for (const unit of one.units) home[unit] = one;
  return home;
}

export function municipalities() {
  return [...state.all.values()];
}

export function homeOf(unit) {
  return state.home[unit];
}

export function municipality(id) {
  return state.all.get(id) ?? null;
}

/* Whether the plan differs from the one that was there before anybody drew. */
export function isDrawn() {
  return state.all.size !== base.all.size || [...state.all.values()].some((one) => base.all.get(one.id) !== one);
}

export function shownPlan() {
  return shown;
}

/* Show another plan of a study: what was drawn by hand is let go. */
export function showPlan(at) {
  shown = at;
  base = at === 0 ? first : otherState(report.study.plans[at]);
  state = base;
  past = [];
  future = [];
  listeners.forEach((tell) => tell());
}

/* Municipalities that the run's plan has as well keep their figures. */
function otherState({ id, seat, colour, home }) {
  const members = id.map(() => []);
  home.forEach((one, unit) => one >= 0 && members[one].push(unit));
  const same = new Map([...first.all.values()].map((one) => [`${one.seat}|${one.units}`, one.given]));
  const all = new Map(id.map((name, at) => [name, {
    id: name, units: members[at], seat: seat[at], colour: colour[at],
    given: same.get(`${seat[at]}|${members[at]}`) ?? null,
  }]));
  return { all, home: homesIn(all) };
}

export function onPlan(listener) {
  listeners.push(listener);
}

export function canUndo() {
  return past.length > 0;
}

export function canRedo() {
  return future.length > 0;
}

export function undo() {
  step(past, future);
}

export function redo() {
  step(future, past);
}

export function startAgain() {
  while (canUndo()) undo();
}

function step(from, to) {
  if (!from.length) return;
  to.push(state);
  state = from.pop();
  listeners.forEach((tell) => tell());
}

/* --- what a person can do -------------------------------------------------------------- */

export function moveUnits(chosen, id) {
  change((parts) => {
    takeOut(parts, chosen);
    parts.get(id).units.push(...chosen);
  });
}

export function splitOff(chosen) {
  const seat = bestSeat(chosen);
  const id = freeId(units.id[seat]);
  change((parts) => {
    takeOut(parts, chosen);
    parts.set(id, { id, seat, units: [...chosen], colour: null });
  });
  return id;
}

export function mergeInto(id, other) {
  change((parts) => {
    parts.get(id).units.push(...parts.get(other).units);
    parts.delete(other);
  });
}

export function moveSeat(unit) {
  const { id } = homeOf(unit);
  change((parts) => { parts.get(id).seat = unit; });
}

/* Change copies of the municipalities; those that came out as before stay the same object. */
function change(alter) {
  const parts = new Map([...state.all].map(([id, one]) => [id, { ...one, units: [...one.units] }]));
  alter(parts);
  const all = new Map();
  for (const id of [...parts.keys()].sort()) {
    const part = parts.get(id);
    if (part.units.length) all.set(id, settle(part));
  }
  past.push(state);
  future = [];
  state = { all, home: homesIn(all) };
  recolour();
  listeners.forEach((tell) => tell());
}

function settle(part) {
  part.units.sort((a, b) => a - b);
  if (!part.units.includes(part.seat)) part.seat = bestSeat(part.units);
  const known = [state.all.get(part.id), base.all.get(part.id)];
  return known.find((one) => one && isSame(one, part)) ?? { ...part, given: null };
}

function isSame(one, other) {
  return one.seat === other.seat && one.units.length === other.units.length
    && one.units.every((unit, at) => unit === other.units[at]);
}

function takeOut(parts, chosen) {
  const leaving = new Set(chosen);
  for (const part of parts.values()) part.units = part.units.filter((unit) => !leaving.has(unit));
}

/* The most populous of the units that the rules let be a seat; else of all. */
function bestSeat(members) {
  const able = members.filter(maySeat);
  const size = (unit) => (people ? people[unit] ?? 0 : 0);
  return (able.length ? able : members).reduce((a, b) => (size(b) > size(a) ? b : a));
}

export function maySeat(unit) {
  const rule = report.rules.seats;
  if (!rule || (!(rule.types ?? []).length && rule.or_population_min === undefined)) return true;
  return (rule.fixed ?? []).includes(units.id[unit])
    || (units.type !== null && (rule.types ?? []).includes(units.type[unit]))
    || (rule.or_population_min !== undefined && people[unit] >= rule.or_population_min * (1 - 1e-6) - 1e-9);
}

function freeId(wanted) {
  let id = wanted;
  for (let more = 2; state.all.has(id); more += 1) id = `${wanted}-${more}`;
  return id;
}

/* --- colours: neighbours never share one ----------------------------------------------- */

const touching = unitsThatTouch();

/* Units touch where their outlines share a point: corners count, as for the first colours. */
function unitsThatTouch() {
  const beside = Array.from({ length: count }, () => new Set());
  if (!report.map) return beside;
  const at = new Map();
  report.map.shapes.forEach((rings, unit) => rings.flat().forEach((arc) => {
    for (const point of arcEnds(report.map.arcs[arc < 0 ? -1 - arc : arc])) {
      if (!at.has(point)) at.set(point, new Set());
      at.get(point).add(unit);
    }
  }));
  for (const group of at.values()) for (const a of group) for (const b of group) if (a !== b) beside[a].add(b);
  return beside;
}

function arcEnds(arc) {
  let [x, y] = [0, 0];
  for (let at = 0; at < arc.length; at += 2) [x, y] = [x + arc[at], y + arc[at + 1]];
  return [arc[0] * 1e6 + arc[1], x * 1e6 + y];
}

/* Only what is new can clash: the units of the others, and so their neighbours, are the same. */
function recolour() {
  for (const one of state.all.values()) {
    const taken = one.given === null ? coloursAround(one) : new Set();
    if (one.colour !== null && !taken.has(one.colour)) continue;
    one.colour = Math.max(0, report.palette.findIndex((_, colour) => !taken.has(colour)));
  }
}

function coloursAround(one) {
  const around = new Set();
  for (const unit of one.units) {
    for (const other of touching[unit]) {
      const beside = state.home[other];
      if (beside && beside !== one && beside.colour !== null) around.add(beside.colour);
    }
  }
  return around;
}

/* --- the file -------------------------------------------------------------------------- */

export function assignmentText() {
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = units.id.map((id, unit) => {
    const home = state.home[unit];
    return (home ? [id, home.id, units.id[home.seat]] : [id, "", ""]).map(cell).join(",");
  });
  return `${["unit_id,municipality_id,seat_id", ...rows].join("\n")}\n`;
}
