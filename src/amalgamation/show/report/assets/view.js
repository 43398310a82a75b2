/* What the reader looks at: what is chosen, which layers are on, what the colours mean. */

import { report } from "./data.js";
import { homeOf, municipality } from "./plan.js";

/* Stands for colours that say how sure a unit's company is. */
export const SURE = "sure";

export const view = {
  chosen: null, // id of a municipality
  unit: null, // the unit that is asked about, inside what is chosen or outside of all
  hand: false, // drawing by hand
  picked: new Set(), // units picked while drawing
  colourBy: report.study ? SURE : "", // name of a measure; empty: neighbours apart
  layers: new Map([
    ...(report.study ? [[SURE, true]] : []),
    ["names", true], ["seats", true], ["units", true], ["ties", false],
    ...report.data.tiers.map((tier) => [`tier.${tier}`, tier === report.outermost]),
  ]),
};

const watchers = [];

export function onView(watcher) {
  watchers.push(watcher);
}

/* Who chooses a municipality anew asks about all of it, unless a unit is named too. */
export function look(change) {
  Object.assign(view, "chosen" in change ? { unit: null } : {}, change);
  watchers.forEach((tell) => tell());
}

export function chosenMunicipality() {
  return view.chosen === null ? null : municipality(view.chosen);
}

/* Units that were picked may have been picked in a state that is undone: all exist in each. */
export function pick(unit, more) {
  const picked = new Set(more ? view.picked : []);
  if (more && picked.has(unit)) picked.delete(unit);
  else picked.add(unit);
  look({ picked, chosen: homeOf(unit)?.id ?? null, unit });
}
