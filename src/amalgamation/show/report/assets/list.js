/* All municipalities as a table: sorted by a click on a heading, a click on a row flies there. */

import { report, units } from "./data.js";
import { make, refill, link, byId, withUnit } from "./dom.js";
import { say, figure, measureTitle, unitWord, wordFor, currentLanguage } from "./words.js";
import { municipalities, onPlan } from "./plan.js";
import { measureOf, measures } from "./amounts.js";
import { nameOf, parentName } from "./names.js";
import { onView, view } from "./view.js";
import { goTo } from "./map.js";

const FEW = 20;
let sortedBy = "population";
let downward = true;
let all = false;

export function startList() {
  if (!measures.some((one) => one.name === sortedBy)) sortedBy = "name";
  onPlan(showList);
  onView(markRow);
}

/* Sizes and distances, in the order of the scorecard, and what the colours show. */
function columns() {
  const first = measures.slice(0, 4);
  const ways = measures.filter((one) => one.unit === report.distance.unit && /^(mean|max)_/.test(one.name));
  const coloured = measures.filter((one) => one.name === view.colourBy);
  return [...new Set([...first, ...ways, ...coloured])];
}

export function showList() {
  const shown = columns();
  const ordered = [...municipalities()].sort(order);
  const rows = all ? ordered : ordered.slice(0, FEW);
  refill(
    "list-table",
    make("table", { class: "figures", id: "municipalities" },
      make("thead", {}, make("tr", {},
        heading("name", say("list.name")),
        report.data.tiers.slice(0, 2).map((tier) => heading(`tier.${tier}`, wordFor(tier))),
        shown.map((measure) => heading(measure.name, measureTitle(measure), measure.unit)))),
      make("tbody", {}, rows.map((one) => listRow(one, shown)))),
    ordered.length > FEW ? make("p", { class: "screen" }, link(say(all ? "list.less" : "list.more", { n: ordered.length }), () => {
      all = !all;
      showList();
    })) : null,
  );
  markRow();
}

function heading(key, words, unit) {
  const sorted = key === sortedBy ? (downward ? "descending" : "ascending") : null;
  const sort = () => {
    downward = key === sortedBy ? !downward : !/^(name|tier\.)/.test(key);
    sortedBy = key;
    showList();
  };
  const [, note] = withUnit(words, unit ? unitWord(unit) : "");
  return make("th", { class: /^(name|tier\.)/.test(key) ? null : "number", "aria-sort": sorted }, link(words, sort), note);
}

function order(a, b) {
  const way = downward ? -1 : 1;
  const [first, second] = [keyOf(a), keyOf(b)];
  if (typeof first === "string") return way * first.localeCompare(second, currentLanguage());
  return way * ((first ?? -Infinity) - (second ?? -Infinity)) || (a.id < b.id ? -1 : 1);
}

function keyOf(one) {
  if (sortedBy === "name") return nameOf(one);
  if (sortedBy.startsWith("tier.")) return parentName(sortedBy.slice(5), one.seat);
  return measureOf(one, sortedBy);
}

function listRow(one, shown) {
  return make("tr", { "data-id": one.id },
    make("td", {}, link(nameOf(one), () => goTo(one)), make("small", { class: "code" }, ` ${units.id[one.seat]}`)),
    report.data.tiers.slice(0, 2).map((tier) => make("td", {}, parentName(tier, one.seat))),
    shown.map((measure) => make("td", { class: "number" }, figure(measureOf(one, measure.name)))));
}

function markRow() {
  for (const row of byId("list-table").querySelectorAll("tbody tr")) {
    row.classList.toggle("marked", row.dataset.id === view.chosen);
  }
}
