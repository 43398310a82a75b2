/* Figures of a municipality: from the scorecard where it is as the run left it, else computed
   here as far as the page can. */

import { report, units, people } from "./data.js";
import { waysTo, knowsWays } from "./ways.js";

const totals = new WeakMap();
const distances = new WeakMap();

/* Sum of an attribute; null where a unit has no value, since a part is not the sum. */
export function sumOf(one, attribute) {
  if (!totals.has(one)) totals.set(one, new Map());
  const known = totals.get(one);
  if (!known.has(attribute)) known.set(attribute, sumOver(one.units, units.values[attribute]));
  return known.get(attribute);
}

function sumOver(members, values) {
  let sum = 0;
  for (const unit of members) {
    if (values[unit] === null) return null;
    sum += values[unit];
  }
  return sum;
}

/* Distances of the units to the seat, in their order. */
export function waysOf(one) {
  if (!distances.has(one)) distances.set(one, waysTo(one.seat, one.units));
  return distances.get(one);
}

export function personWays(one) {
  const ways = waysOf(one);
  // where nobody lives nobody travels, even if the way is infinite
  return one.units.reduce((sum, unit, at) => sum + (people[unit] > 0 ? people[unit] * ways[at] : 0), 0);
}

function meanWay(one) {
  const residents = sumOf(one, "population");
  return residents > 0 ? personWays(one) / residents : null;
}

/* The smallest distance within which a share of the residents live. */
function wayWithin(one, share) {
  const ways = waysOf(one);
  const pairs = one.units.map((unit, at) => [ways[at], people[unit]]).filter((pair) => pair[1] !== 0);
  if (!pairs.length || pairs.some((pair) => pair[1] === null)) return null;
  pairs.sort((a, b) => a[0] - b[0]);
  const all = pairs.reduce((sum, pair) => sum + pair[1], 0);
  let reached = 0;
  return pairs.find((pair) => (reached += pair[1]) >= share * all * (1 - 1e-12))[0];
}

function density(one) {
  const area = sumOf(one, "area_km2");
  const residents = sumOf(one, "population");
  return area > 0 && residents !== null ? residents / area : null;
}

const COMPUTED = { units: (one) => one.units.length };
for (const name of Object.keys(report.data.attributes)) COMPUTED[name] = (one) => sumOf(one, name);
if (people) COMPUTED.density = density;
if (knowsWays) {
  const unit = report.distance.unit;
  COMPUTED[`max_${unit}`] = (one) => Math.max(...waysOf(one));
  if (people) {
    COMPUTED[`mean_${unit}`] = meanWay;
    COMPUTED[`median_${unit}`] = (one) => wayWithin(one, 0.5);
    COMPUTED[`p90_${unit}`] = (one) => wayWithin(one, 0.9);
  }
}

/* A figure of the scorecard; null where it is missing or only `measure` can tell it. */
export function measureOf(one, name) {
  const told = one.given === null ? null : report.municipalities.measures[name]?.[one.given] ?? null;
  // what is infinite is not told: JSON has no word for it
  if (told !== null) return told;
  return COMPUTED[name] ? COMPUTED[name](one) : null;
}

/* Measures that have a figure for some municipality. */
export const measures = report.measures.filter((measure) => report.municipalities.measures[measure.name]);
