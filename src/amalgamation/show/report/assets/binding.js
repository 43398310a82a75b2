/* Which rules bind where: for each rule, the municipalities that are nearest to its limit. */

import { make, refill, link } from "./dom.js";
import { say, amount, figure, wordFor, decimals } from "./words.js";
import { judge, notJudged } from "./rules.js";
import { onPlan } from "./plan.js";
import { nameOf, unitName } from "./names.js";
import { goTo } from "./map.js";

const NEAR = 0.05;
const FEW = 5;

export function startBinding() {
  onPlan(showBinding);
}

export function showBinding() {
  const groups = new Map();
  for (const check of judge()) {
    if (check.slack === null) continue;
    const key = [check.rule, check.what, check.least, check.limit].join("|");
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(check);
  }
  refill(
    "binding-table",
    groups.size ? make("table", { class: "figures" },
      make("thead", {}, make("tr", {},
        make("th", {}, say("binding.rule")),
        make("th", { class: "number" }, say("binding.near")),
        make("th", {}, say("binding.where")))),
      make("tbody", {}, [...groups.values()].map(bindingRow))) : make("p", {}, say("binding.none")),
    notJudged.length ? make("p", { class: "soft" }, say("binding.not_judged", { rules: notJudged.map(wordFor).join(", ") })) : null,
  );
}

function bindingRow(checks) {
  const tight = checks.filter((check) => check.slack <= NEAR).length;
  const first = [...checks].sort((a, b) => a.slack - b.slack).slice(0, FEW);
  const where = first.map((check) => make("span", { class: "place" },
    check.one ? link(nameOf(check.one), () => goTo(check.one)) : say("rule.whole"),
    ` ${amount(check.found, check.unit)}`,
    make("small", {}, ` ${room(check)}`)));
  return make("tr", {},
    make("td", {}, limitWords(checks[0])),
    make("td", { class: "number" }, checks[0].one ? `${figure(tight)} / ${figure(checks.length)}` : ""),
    make("td", {}, where));
}

function room(check) {
  const percent = `${decimals(100 * Math.abs(check.slack), Math.abs(check.slack) < 0.1 ? 1 : 0)}\u00a0%`;
  return say(check.kept ? "binding.room" : "binding.over", { percent });
}

/* "Population at least 5,000": the rule in words. */
function limitWords({ rule, what, limit, least, unit }) {
  const subject = rule === "sum" || rule === "ratio" ? wordFor(what) : say(`rule.${rule}`);
  const inside = rule === "number" && what ? ` (${what})` : "";
  return `${subject}${inside}: ${say(least ? "rule.least" : "rule.most", { limit: amount(limit, unit) })}`;
}

/* A broken rule in words, with what was found. */
export function breachWords(check) {
  if (check.slack !== null) return say("rule.found", { limit: limitWords(check), found: amount(check.found, check.unit) });
  const isUnit = check.rule === "seat" || check.rule === "fixed_seat";
  const found = isUnit ? unitName(check.found) : check.found;
  return say(`broken.${check.rule}`, { n: isUnit ? 1 : check.found, found, what: check.what ? wordFor(check.what) : "" });
}
