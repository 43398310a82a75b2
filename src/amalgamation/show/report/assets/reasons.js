/* Why the run's plan is as it is: limits with what is to spare, and every single change with its
   price. All of it was worked out by `amalgamation explain`; here it is only looked up. */

import { report } from "./data.js";

const NOBODY = -1;
const told = report.reasons;

/* Whether the report knows reasons at all. */
export const knowsReasons = told !== null;

const choices = knowsReasons ? told.choices.map(choiceOf) : [];

function choiceOf([kind, unit, home, to, seat, raws, breaks]) {
  const aims = told.aims.map(([name, unitOf, weight, reference], at) => (
    { name, unit: unitOf, raw: raws[at], cost: raws[at] === null ? Infinity : (weight * raws[at]) / reference }
  ));
  return {
    kind: told.kinds[kind], unit, home, to, seat, aims,
    cost: aims.reduce((sum, aim) => sum + aim.cost, 0),
    breaks: breaks.map(breachOf),
  };
}

/* A limit is { key, least, limit, what }; a rule that sets no number has sentences instead. */
function breachOf(row) {
  if (row.length === 2) {
    const [key, found, expected] = told.rules[row[0]];
    return { key, found, expected, seat: row[1] };
  }
  return { ...limitOf(row[0]), found: row[1] ?? Infinity, at: row[2], seat: row[3] };
}

function limitOf(at) {
  const [key, side, limit, what] = told.limits[at];
  return { key, least: side === "min", limit, what };
}

function marginOf([limit, found, kept, at, lifted]) {
  return { ...limitOf(limit), found: found ?? Infinity, kept: kept === 1, at, lifted: lifted === NOBODY ? null : told.lifted[lifted] };
}

/* In: a unit, or null; position of a municipality of the run, or null for a unit outside.
   Out: what speaks for the unit, or for the municipality with all its units, as it is. */
export function reasonsOf(unit, home, members) {
  const mine = choices.filter((one) => isOf(one, unit, home));
  const concerned = unit === null ? new Set(members) : new Set([unit]);
  return {
    margins: [...(home === null ? [] : told.margins[home]), ...countsOf(unit ?? members[0])].map(marginOf),
    choices: mine,
    binding: refusals(mine.filter((one) => one.cost < 0)),
    cheaper: mine.filter((one) => one.cost < -1e-9 * Math.abs(told.cost) && !one.breaks.length),
    walled: told.walled.filter(([one]) => concerned.has(one)),
    refused: told.refused.filter(([one, other]) => (unit === null ? other === home : one === unit)).map(refusedOf),
  };
}

function countsOf(unit) {
  return told.counts[told.blockOf[unit]] ?? [];
}

function isOf(one, unit, home) {
  const inside = home !== null && (one.home === home || (one.kind === "merge" && one.to === home));
  if (unit === null) return inside;
  return one.unit === unit || (inside && (one.kind === "merge" || (one.kind === "seat" && one.to === unit)));
}

/* Rules that alone refuse some changes: key -> how many. */
function refusals(some) {
  const found = new Map();
  for (const one of some) {
    const keys = new Set(one.breaks.map((breach) => breach.key));
    if (keys.size === 1) found.set([...keys][0], (found.get([...keys][0]) ?? 0) + 1);
  }
  return [...found].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

function refusedOf([, , wish, granting]) {
  const [unit, other, together, why] = told.wishes[wish];
  return { unit, other, together, why, choice: granting === NOBODY ? null : choices[granting] };
}

/* In per cent of the plan's cost. */
export function shareOf(cost) {
  return told.cost ? (100 * cost) / told.cost : Math.sign(cost) * Infinity;
}
