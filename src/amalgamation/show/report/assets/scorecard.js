/* The scorecard: the plan as a whole, today beside it. */

import { report } from "./data.js";
import { make, refill, link } from "./dom.js";
import { say, amount, measureTitle } from "./words.js";
import { twoBars } from "./charts.js";

let whole = false;

export function showScorecard() {
  const rows = report.national.filter((row) => whole || row.headline);
  const more = report.national.some((row) => !row.headline);
  refill(
    "scorecard-table",
    make("table", { class: "figures" },
      make("thead", {}, make("tr", {},
        make("th", {}, say("scorecard.measure")),
        make("th", { class: "number" }, make("i", { class: "key-today" }), say("today")),
        make("th", { class: "number" }, make("i", { class: "key-plan" }), say("plan")),
        make("th", { class: "chart" }),
        make("th", {}))),
      make("tbody", {}, rows.map(scorecardRow))),
    more ? make("p", { class: "screen" }, link(say(whole ? "scorecard.less" : "scorecard.more", { n: report.national.length }), () => {
      whole = !whole;
      showScorecard();
    })) : null,
  );
}

function scorecardRow(row) {
  return make("tr", {},
    make("td", {}, measureTitle(row)),
    make("td", { class: "number" }, amount(row.today, row.unit)),
    make("td", { class: "number" }, amount(row.plan, row.unit)),
    make("td", { class: "chart" }, twoBars(row.today, row.plan)),
    make("td", { class: "verdict" }, verdict(row)));
}

function verdict({ better, today, plan }) {
  if (better === null || today === null || plan === null || today === plan) return null;
  const good = (plan > today) === better;
  return make("span", { class: good ? "good" : "bad" }, say(good ? "better" : "worse"));
}
