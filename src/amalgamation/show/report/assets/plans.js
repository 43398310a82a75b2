/* The list of a study's plans: what each costs, how far it differs, and a button to show it. */

import { report } from "./data.js";
import { byId, make, refill } from "./dom.js";
import { say, figure, decimals, wordFor } from "./words.js";
import { showPlan, shownPlan, onPlan } from "./plan.js";
import { look } from "./view.js";
import { study } from "./study.js";

/* Columns that are shown, where the table has them: how each is written. */
const percent = (value, places) => (value === null ? "–" : `${decimals(value, places)}\u00a0%`);
const COLUMNS = {
  status: (value) => wordFor(value),
  more_percent: (value) => percent(value, 2),
  gap_percent: (value) => percent(value, 2),
  municipalities: (value) => figure(value),
  differs_percent: (value) => percent(value, 1),
  nearest_percent: (value) => percent(value, 1),
  moved_percent: (value) => percent(value, 1),
  rand_index: (value) => figure(value),
  same_percent: (value) => percent(value, 1),
};

export function startPlans() {
  if (study) onPlan(showPlans);
}

export function showPlans() {
  byId("study").hidden = !study;
  byId("shown").hidden = !study || shownPlan() === 0;
  if (!study) return;
  refill("study-title", say(`study.${study.kind}`));
  refill("study-facts", facts());
  refill("study-table", table());
  if (shownPlan()) refill("shown", say("study.shown", { name: study.plans[shownPlan()].name }));
}

function facts() {
  const { plans, open, together, apart, proven, choice, unchanged } = study.facts;
  return [
    say("study.facts", { n: plans, open, together, apart, proven, choice }),
    unchanged === null ? "" : say("study.unchanged", { percent: decimals(unchanged, 1) }),
    say("study.caution"),
  ].filter(Boolean).join(" ");
}

function table() {
  const shown = Object.keys(COLUMNS).filter((name) => study.columns.includes(name));
  return make("table", { class: "figures", id: "plans" },
    make("thead", {}, make("tr", {}, make("th", {}, say("study.plan")),
      shown.map((name) => make("th", { class: "number" }, say(`study.${name}`))), make("th", { class: "screen" }))),
    make("tbody", {}, study.rows.map((row) => planRow(row, shown))));
}

function planRow([name, ...cells], shown) {
  const at = study.plans.findIndex((plan) => plan.name === name);
  return make("tr", { class: at === shownPlan() ? "marked" : null, "data-plan": name },
    make("td", {}, name),
    shown.map((column) => make("td", { class: "number" }, COLUMNS[column](cells[study.columns.indexOf(column)]))),
    make("td", { class: "screen" }, at < 0 ? null : make("button", {
      type: "button", "aria-pressed": String(at === shownPlan()), disabled: !report.map, onclick: () => show(at),
    }, say("study.show"))));
}

/* Municipalities are told apart by colours; borders keep saying how sure they are. */
function show(at) {
  showPlan(at);
  look({ chosen: null, picked: new Set(), colourBy: "" });
  byId("colour-by").value = "";
}
