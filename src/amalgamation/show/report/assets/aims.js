/* The cost of the plan as drawn: raw values of the aims, by the definitions of the solver. */

import { report, units, people, neighbours, mustPart, parentOf } from "./data.js";
import { municipalities, homeOf } from "./plan.js";
import { knowsWays } from "./ways.js";
import { sumOf, personWays } from "./amounts.js";

/* Out: [{ name, unit, weight, before, now, cost }]; `now` null where only `measure` can tell. */
export function aimsNow() {
  return report.certificate.aims.filter((aim) => aim.weight > 0).map((aim) => {
    const now = rawValue(aim);
    return { ...aim, before: aim.raw, now, cost: now === null ? null : (aim.weight * now) / aim.reference };
  });
}

export function costNow() {
  const aims = aimsNow();
  return aims.some((aim) => aim.cost === null) ? null : aims.reduce((sum, aim) => sum + aim.cost, 0);
}

function rawValue(aim) {
  const [kind, ...rest] = aim.name.split(".");
  return VALUES[kind] ? VALUES[kind](rest.join("."), aim) : null;
}

const total = (figureOf) => municipalities().reduce((sum, one) => sum + figureOf(one), 0);

const VALUES = {
  access: () => (knowsWays && people ? total(personWays) : null),
  balance: (attribute, aim) => total((one) => Math.abs(sumOf(one, attribute) - aim.target)),
  ties_cut: tiesCut,
  crossings: (tier) => residentsElsewhere((unit) => parentOf(tier, unit)),
  heterogeneity: (category) => residentsElsewhere((unit) => units.words[category][unit]),
  number: (prefer) => (prefer === "few" ? municipalities().length : units.id.length - municipalities().length),
};

function tiesCut(_, aim) {
  let sum = 0;
  neighbours.forEach((ties, a) => ties.forEach(({ unit: b, border }) => {
    if (a < b && homeOf(a) !== homeOf(b) && !mustPart(a, b)) sum += aim.unit === "ties" ? 1 : border;
  }));
  return sum;
}

function residentsElsewhere(side) {
  return total((one) => one.units.reduce((sum, unit) => sum + (side(unit) === side(one.seat) ? 0 : people[unit]), 0));
}
