/* The plans of a study: how often each border stands in them, and how sure each unit is. */

import { report, count } from "./data.js";

export const study = report.study;

/* Shades of the units, after PuBu of ColorBrewer (Brewer 2003), as on the map of certainty. */
const FILLS = [
  { below: 50, colour: "#f7f3f8", words: "sure.less" },
  { below: 75, colour: "#dcd9ea", words: "sure.most" },
  { below: 100, colour: "#a9bedb", words: "sure.nearly" },
  { below: Infinity, colour: "#6f9fc4", words: "sure.all" },
];

/* Classes of borders, from what stands in all plans to what stands in few. */
export const BORDERS = [
  { name: "certain", colour: "#3d1c02", width: 3.2, words: "sure.certain" },
  { name: "likely", colour: "#c2540a", width: 2.3, words: "sure.likely" },
  { name: "choice", colour: "#f3a35c", width: 1.5, words: "sure.choice" },
];

export const PROVEN = { cut: "#ffffff", kept: "#2c6e49" };

const reasonOf = new Map();
if (study) {
  const { a, b } = report.ties;
  study.ties.forEach((reason, at) => reasonOf.set(a[at] * count + b[at], study.reasons[reason]));
}

/* In how many of the plans two units are parted; who is outside is with nobody. */
export function timesCut(a, b) {
  return study.plans.filter(({ home }) => home[a] < 0 || home[a] !== home[b]).length;
}

export function reasonFor(a, b) {
  return reasonOf.get(a * count + b) ?? reasonOf.get(b * count + a) ?? "rule";
}

/* The class of a border; null where no plan has it. What a further plan decides otherwise is
   not certain, however many agree. */
export function classOf(a, b) {
  const cut = timesCut(a, b);
  if (!cut) return null;
  if (cut === study.plans.length && reasonFor(a, b) !== "asked") return "certain";
  return 2 * cut >= study.plans.length ? "likely" : "choice";
}

export function sureColour(unit) {
  return FILLS.find(({ below }) => study.stays[unit] < below).colour;
}

export function sureFills() {
  return FILLS;
}
