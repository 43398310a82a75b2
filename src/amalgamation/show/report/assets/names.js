/* What units and municipalities are called, in the reader's language where the data know it. */

import { report, units, parentOf } from "./data.js";
import { currentLanguage, wordFor } from "./words.js";
import { municipalities } from "./plan.js";

export function unitName(unit) {
  return units.names[currentLanguage()]?.[unit] || units.name[unit] || units.id[unit];
}

export function parentName(tier, unit) {
  const { names, name } = units.tiers[tier];
  const at = parentOf(tier, unit);
  return names[currentLanguage()]?.[at] || name[at];
}

/* A municipality has the name of its seat. */
export function nameOf(one) {
  return unitName(one.seat);
}

/* Type and parents of a unit in one line. */
export function whereIs(unit) {
  const kind = units.type ? [wordFor(units.type[unit])] : [];
  const parents = report.data.tiers.map((tier) => parentName(tier, unit));
  return [...kind, ...parents].filter(Boolean).join(" · ");
}

/* Units and municipalities whose name in any language, or code, begins with or holds a text. */
export function findNames(text, most) {
  const wanted = text.trim().toLocaleLowerCase();
  if (!wanted) return [];
  const seats = new Set(municipalities().map((one) => one.seat));
  const hits = [];
  for (let unit = 0; unit < units.id.length; unit += 1) {
    const spellings = [units.id[unit], units.name[unit], ...Object.values(units.names).map((list) => list[unit])];
    const at = Math.min(...spellings.map((one) => one.toLocaleLowerCase().indexOf(wanted)).filter((one) => one >= 0));
    if (at < Infinity) hits.push({ unit, rank: (at > 0 ? 2 : 0) + (seats.has(unit) ? 0 : 1) });
  }
  return hits.sort((a, b) => a.rank - b.rank || a.unit - b.unit).slice(0, most).map((hit) => hit.unit);
}
