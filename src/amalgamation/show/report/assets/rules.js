/* The rules as a judge: for each rule and municipality what was found, and the limit.

   Out: checks { rule, what, one, found, limit, least, kept, slack, unit }, where `slack` is
   how far the limit is, as a share of it; null for rules that are kept or broken, no more.
   Thresholds have the tolerance that `amalgamation measure` has: a millionth. */

import { report, units, parentOf, attributeUnit } from "./data.js";
import { municipalities, homeOf, maySeat } from "./plan.js";
import { severedFrom, knowsWays } from "./ways.js";
import { sumOf, waysOf } from "./amounts.js";

const rules = report.rules;
const position = new Map(units.id.map((id, at) => [id, at]));
const ranges = { population: rules.population, area_km2: rules.area_km2, ...rules.sums };

const SLACK = 1e-6;
const atLeast = (found, limit) => found >= limit - SLACK * Math.abs(limit) - 1e-9;
const atMost = (found, limit) => found <= limit + SLACK * Math.abs(limit) + 1e-9;
const isSet = (value) => value !== undefined && value !== null;

/* Rules of the scenario that only `amalgamation measure` judges. */
export const notJudged = [
  ...(rules.leave_out ? ["leave_out"] : []),
  ...(Object.values(rules.at_most ?? {}).some((most) => typeof most === "number" || Object.keys(most).length)
    ? ["at_most"]
    : []),
  ...(!knowsWays && (rules.reach_km || rules.reach_minutes) ? ["reach"] : []),
];

export function judge() {
  const all = municipalities();
  return [contiguity, walls, like, sizes, ratios, reach, seats, mostUnits, wishes, numbers]
    .flatMap((check) => check(all));
}

function threshold(rule, what, one, found, limit, least, unit) {
  const kept = least ? atLeast(found, limit) : atMost(found, limit);
  const room = least ? found - limit : limit - found;
  return { rule, what, one, found, limit, least, kept, unit, slack: limit ? room / Math.abs(limit) : null };
}

function broken(rule, what, one, found) {
  return { rule, what, one, found, kept: false, slack: null };
}

function contiguity(all) {
  return all
    .map((one) => [one, severedFrom(one.seat, one.units).length])
    .filter(([, severed]) => severed > 0)
    .map(([one, severed]) => broken("contiguity", "", one, severed));
}

function walls(all) {
  return (rules.walls ?? []).flatMap((tier) => mixed(all, "walls", tier, (unit) => parentOf(tier, unit)));
}

function like(all) {
  return (rules.like ?? []).flatMap((name) => mixed(all, "like", name, (unit) => units.words[name][unit]));
}

function mixed(all, rule, what, side) {
  return all
    .map((one) => [one, new Set(one.units.map(side)).size])
    .filter(([, sides]) => sides > 1)
    .map(([one, sides]) => broken(rule, what, one, sides));
}

/* --- sums ------------------------------------------------------------------------------ */

function sizes(all) {
  return Object.entries(ranges).filter(([, rule]) => rule).flatMap(([attribute, rule]) => all.flatMap((one) => [
    ...smallest(one, attribute, rule), ...greatest(one, attribute, rule), ...alone(one, attribute, rule),
  ]));
}

/* The end of a range for the class of a seat: the class's own, or else the general one. */
function end(rule, side, seat) {
  const own = rule.by ? rule.classes[units.words[rule.by][seat]] : undefined;
  return isSet(own?.[side]) ? own[side] : rule[side];
}

function smallest(one, attribute, rule) {
  const limit = end(rule, "min", one.seat);
  if (!isSet(limit) || isExcused(one, rule)) return [];
  return [threshold("sum", attribute, one, sumOf(one, attribute), limit, true, attributeUnit(attribute))];
}

function isExcused(one, rule) {
  const others = Object.entries(rule.unless ?? {});
  return others.length > 0 && others.every(([attribute, inner]) => {
    const sum = sumOf(one, attribute);
    return (!isSet(inner.min) || atLeast(sum, inner.min)) && (!isSet(inner.max) || atMost(sum, inner.max));
  });
}

function greatest(one, attribute, rule) {
  const limit = end(rule, "max", one.seat);
  if (!isSet(limit)) return [];
  const exempt = rule.oversize === "with_neighbours" || (rule.oversize === "alone" && one.units.length === 1);
  if (exempt && oversized(one, attribute, rule).length) return [];
  return [threshold("sum", attribute, one, sumOf(one, attribute), limit, false, attributeUnit(attribute))];
}

function oversized(one, attribute, rule) {
  return one.units.filter((unit) => isSet(end(rule, "max", unit)) && units.values[attribute][unit] > end(rule, "max", unit));
}

function alone(one, attribute, rule) {
  if (rule.oversize !== "alone" || one.units.length === 1) return [];
  const large = oversized(one, attribute, rule);
  return large.length ? [broken("oversize", attribute, one, one.units.length)] : [];
}

function ratios(all) {
  return Object.entries(rules.ratios ?? {}).flatMap(([name, rule]) => all.flatMap((one) => {
    const [of, to] = [sumOf(one, rule.of), sumOf(one, rule.to)];
    // compared without a division: where the second sum is 0, every minimum is met
    return ["min", "max"].filter((side) => isSet(rule[side])).map((side) => ({
      ...threshold("ratio", name, one, to ? of / to : Infinity, rule[side], side === "min", ""),
      kept: side === "min" ? atLeast(of, rule.min * to) : atMost(of, rule.max * to),
    }));
  }));
}

/* --- seats and ways -------------------------------------------------------------------- */

function reach(all) {
  const limit = (rules.reach_km ?? rules.reach_minutes)?.max;
  if (!isSet(limit) || !knowsWays) return [];
  return all.map((one) => threshold("reach", "", one, Math.max(...waysOf(one)), limit, false, report.distance.unit));
}

function seats(all) {
  const own = new Set((rules.frozen ?? []).map((id) => position.get(id)));
  const unable = all.filter((one) => !maySeat(one.seat)
    && !(one.units.length === 1 && (own.has(one.seat) || standsAlone(one))));
  const missed = (rules.seats?.fixed ?? []).map((id) => position.get(id))
    .filter((unit) => homeOf(unit) && homeOf(unit).seat !== unit);
  return [
    ...unable.map((one) => broken("seat", "", one, one.seat)),
    ...missed.map((unit) => broken("fixed_seat", "", homeOf(unit), unit)),
  ];
}

function standsAlone(one) {
  return Object.entries(ranges).some(([attribute, rule]) => rule?.oversize === "alone" && oversized(one, attribute, rule).length);
}

/* --- counts and wishes ----------------------------------------------------------------- */

function mostUnits(all) {
  if (!isSet(rules.max_units)) return [];
  return all.map((one) => threshold("max_units", "", one, one.units.length, rules.max_units, false, "units"));
}

function wishes() {
  const homes = (ids) => ids.map((id) => homeOf(position.get(id))).filter(Boolean);
  const apart = (rules.keep_together ?? []).map((group) => homes(group.units))
    .filter((list) => new Set(list).size > 1)
    .map((list) => broken("together", "", list[0], new Set(list).size));
  const together = (rules.keep_apart ?? []).flatMap((group) => {
    const list = homes([...new Set(group.units)]);
    const twice = new Set(list.filter((one, at) => list.indexOf(one) !== at));
    return [...twice].map((one) => broken("apart", "", one, list.filter((other) => other === one).length));
  });
  const joined = homes([...new Set(rules.frozen ?? [])]).filter((one) => one.units.length > 1)
    .map((one) => broken("frozen", "", one, one.units.length));
  return [...apart, ...together, ...joined];
}

function numbers(all) {
  const overall = numberChecks(rules.municipalities, "", all.length);
  // the tier is a wall, so that any unit of a municipality names its parent
  const perParent = Object.entries(rules.municipalities?.per_parent ?? {}).flatMap(([tier, codes]) =>
    Object.entries(codes).flatMap(([code, rule]) => {
      const { code: known, name } = units.tiers[tier];
      const at = known.indexOf(code);
      return numberChecks(rule, name[at], all.filter((one) => parentOf(tier, one.units[0]) === at).length);
    }));
  return [...overall, ...perParent];
}

function numberChecks(rule, what, found) {
  const [low, high] = [rule?.exactly ?? rule?.min, rule?.exactly ?? rule?.max];
  return [[low, true], [high, false]].filter(([limit]) => isSet(limit))
    .map(([limit, least]) => threshold("number", what, null, found, limit, least, ""));
}
