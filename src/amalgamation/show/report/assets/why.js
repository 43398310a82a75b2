/* Why a municipality, or a unit, is as it is: what binds, what each single change would cost. */

import { report, units, attributeUnit, parentOf } from "./data.js";
import { make, link, inlineLink } from "./dom.js";
import { say, amount, figure, signed, wordFor, unitWord, currentLanguage } from "./words.js";
import { isDrawn, municipality, shownPlan } from "./plan.js";
import { unitName, parentName } from "./names.js";
import { view, look } from "./view.js";
import { knowsReasons, reasonsOf, shareOf } from "./reasons.js";
import { goTo } from "./map.js";

const FEW = 6;
const open = new Set(); // lists that the reader wants in full

/* In: a municipality as the run left it, or null; a unit, or null. Out: a section, or null. */
export function whySection(one, unit) {
  if (!knowsReasons || (one === null && unit === null) || (one !== null && one.given === null)) return null;
  const { margins, choices, binding, cheaper, walled, refused } = reasonsOf(unit, one?.given ?? null, one?.units ?? []);
  return make("section", { id: "why" },
    make("h4", {}, heading(one, unit)),
    isDrawn() || shownPlan() ? make("p", { class: "soft" }, say("why.drawn")) : null,
    margins.length ? make("ul", { id: "why-limits" }, margins.map((margin) => make("li", {}, marginWords(margin)))) : null,
    [...binding.map(bindingWords), ...cheaperWords(cheaper)].map((words) => make("p", { class: "why-binds" }, words)),
    list("why-choices", say("why.instead"), choices, choiceLine),
    choices.length ? make("p", { class: "soft" }, say("why.exact")) : null,
    list("why-walled", say("why.walled"), walled, walledLine),
    list("why-refused", say("why.refused"), refused, refusedLine),
    one && unit !== null ? make("p", { class: "screen", id: "why-whole" }, link(say("why.whole"), () => look({ unit: null }))) : null);
}

function heading(one, unit) {
  if (unit === null) return say("why.title");
  return say(one ? "why.unit" : "why.outside", { name: unitName(unit) });
}

function list(id, title, entries, lineOf) {
  if (!entries.length) return null;
  const shown = open.has(id) ? entries : entries.slice(0, FEW);
  const more = entries.length <= FEW ? null : link(open.has(id) ? say("why.fewer") : say("why.all", { n: entries.length }), () => {
    if (!open.delete(id)) open.add(id);
    look({});
  });
  return [make("h5", {}, title), make("ul", { id }, shown.map(lineOf)), more ? make("p", { class: "screen" }, more) : null];
}

/* --- limits ---------------------------------------------------------------------------- */

function marginWords(margin) {
  const head = `${subject(margin.key)}: ${limitWords(margin)}; ${found(margin)}`;
  if (margin.lifted) return say("why.lifted", { limit: head, why: margin.lifted[currentLanguage()] });
  return `${head}, ${gapWords(margin)}`;
}

function gapWords({ found: there, limit, least, what }) {
  const slack = least ? there - limit : limit - there;
  const key = slack >= 0 ? "why.spare" : least ? "why.short" : "why.over";
  return say(key, { by: amount(Math.abs(slack), unitOf(what)) });
}

function limitWords({ key, least, limit, what }) {
  const words = amount(limit, unitOf(what));
  if (key.endsWith(".exactly")) return say("rule.exactly", { limit: words });
  return say(least ? "rule.least" : "rule.most", { limit: words });
}

function found({ found: there, what, at }) {
  return amount(there, unitOf(what)) + (at >= 0 ? ` (${unitName(at)})` : "");
}

/* What is counted is named already; sums have the unit of their attribute. */
function unitOf(what) {
  if (what in report.data.attributes) return attributeUnit(what);
  return what === "km" || what === "minutes" ? what : "";
}

/* The rule of a key of the scenario file, in words. */
function subject(key) {
  const [, rule, name, tier, ...code] = key.split(".");
  if (key === "contiguity") return say("rule.contiguity");
  if (rule === "municipalities") return say("rule.number") + (name === "per_parent" ? ` (${parentWords(tier, code.slice(0, -1).join("."))})` : "");
  if (rule === "sums" || rule === "ratios") return wordFor(name);
  if (rule.startsWith("reach_")) return say("rule.reach");
  const known = { max_units: "rule.max_units", seats: name === "fixed" ? "rule.fixed" : "rule.seats", frozen: "rule.frozen" };
  if (known[rule]) return say(known[rule]);
  if (rule.startsWith("keep_")) return say(rule.startsWith("keep_apart") ? "rule.apart" : "rule.together");
  return wordFor(rule);
}

function parentWords(tier, code) {
  const at = units.tiers[tier].code.indexOf(code);
  return at < 0 ? code : parentName(tier, units.tiers[tier].of.indexOf(at));
}

function ruleWords(key) {
  const side = key.match(/\.(min|max|exactly)$/)?.[1];
  const word = { min: "why.min", max: "why.max", exactly: "why.exactly" }[side];
  return word && !key.startsWith("rules.reach_") ? `${subject(key)}, ${say(word)}` : subject(key);
}

function bindingWords([key, n]) {
  return say("why.binds", { rule: ruleWords(key), n });
}

function cheaperWords(cheaper) {
  return cheaper.length ? [say("why.cheaper", { n: cheaper.length, share: shareWords(cheaper[0].cost) })] : [];
}

/* --- changes --------------------------------------------------------------------------- */

function choiceLine(one) {
  return make("li", { class: one.breaks.length ? "refused" : "free" },
    make("strong", {}, what(one)), ": ", ...priceAndBreaches(one));
}

function priceAndBreaches(one) {
  return [price(one), make("span", { class: "breaks" }, breaches(one.breaks))];
}

function what(one) {
  const unit = one.unit >= 0 ? unitName(one.unit) : "";
  if (one.kind === "move") return place(one.to, (name) => say("why.move", { unit, name }));
  if (one.kind === "merge") {
    const other = one.to === chosenAt() ? one.home : one.to;
    return place(other, (name) => say("why.merge", { name, seat: unitName(one.seat) }));
  }
  if (one.kind === "seat") return say("why.seat", { name: unitName(one.to) });
  return say(one.kind === "alone" ? "why.alone" : "why.apart", { unit });
}

function chosenAt() {
  return municipality(view.chosen)?.given ?? null;
}

/* A municipality by the name of its seat in the run; a way there, if it still stands. */
function place(at, words) {
  const name = unitName(report.municipalities.seat[at]);
  const one = municipality(report.municipalities.id[at]);
  return one ? inlineLink(words(name), () => goTo(one)) : words(name);
}

function price(one) {
  if (!Number.isFinite(one.cost)) return say("why.no_way");
  const changed = one.aims.filter((aim) => Math.abs(aim.cost) > 1e-12);
  const parts = changed.map((aim) => `${signed(aim.raw)}\u00a0${unitWord(aim.unit)} (${aimWords(aim.name)})`);
  return `${parts.join(", ") || say("why.same")} = ${shareWords(one.cost)}`;
}

function shareWords(cost) {
  const share = shareOf(cost);
  return say("why.share", { share: share ? signed(share) : figure(0) });
}

function aimWords(name) {
  const [kind, ...rest] = name.split(".");
  return say(`aim.${kind}`, { what: rest.length ? wordFor(rest.join(".")) : "" });
}

function breaches(breaks) {
  if (!breaks.length) return say("why.free");
  return say("why.breaks", { rules: breaks.map(breachWords).join("; ") });
}

function breachWords(breach) {
  const at = breach.seat >= 0 ? `${subject(breach.key)}, ${unitName(breach.seat)}` : subject(breach.key);
  if (breach.expected) return `${at} (${breach.found[currentLanguage()]})`;
  return `${at}: ${found(breach)}, ${gapWords(breach)} (${limitWords(breach)})`;
}

/* --- walls and wishes ------------------------------------------------------------------ */

function walledLine([unit, neighbour, key]) {
  return make("li", {}, say("why.pair", { unit: unitName(unit), other: unitName(neighbour), sides: sides(unit, neighbour, key) }));
}

function sides(unit, neighbour, key) {
  const tier = (report.rules.walls ?? []).find((one) => parentOf(one, unit) !== parentOf(one, neighbour));
  if (key === "rules.walls" && tier) return [unit, neighbour].map((one) => parentName(tier, one)).join(" | ");
  const like = (report.rules.like ?? []).find((one) => units.words[one][unit] !== units.words[one][neighbour]);
  return [unit, neighbour].map((one) => (like ? units.words[like][one] : "")).join(" | ");
}

function refusedLine({ unit, other, together, why, choice }) {
  const wish = say(together ? "why.with" : "why.against", { unit: unitName(unit), other: unitName(other) });
  return make("li", {}, make("strong", {}, wish), why ? ` (${why})` : "", ": ",
    choice ? [say("why.granted"), " ", what(choice), ": ", ...priceAndBreaches(choice)] : say("why.never"));
}
