/* The panel beside the map: what is chosen, and the tools to draw by hand. */

import { report, units, people } from "./data.js";
import { byId, make, refill, link, withUnit } from "./dom.js";
import { say, amount, figure, measureTitle, unitWord } from "./words.js";
import { homeOf, onPlan, municipalities } from "./plan.js";
import { measures, measureOf, waysOf, sumOf } from "./amounts.js";
import { sizesChart } from "./charts.js";
import { unitName, nameOf, whereIs } from "./names.js";
import { view, look, onView, chosenMunicipality, pick } from "./view.js";
import { handTools } from "./hand.js";
import { knowsReasons } from "./reasons.js";
import { whySection } from "./why.js";
import { knowsWays } from "./ways.js";

const FEW = knowsReasons ? 5 : 9; // figures, so that reasons are in sight as well
let wholeCard = false;

export function startPanel() {
  onPlan(showPanel);
  onView(showPanel);
}

export function showPanel() {
  const one = chosenMunicipality();
  refill("panel", view.hand ? handTools() : null, one ? card(one) : (outsideCard() ?? hint()));
  // on paper it stands beside the map only if it tells of something
  byId("panel").classList.toggle("screen", one === null);
}

function outsideCard() {
  if (view.unit === null || homeOf(view.unit) !== null) return null;
  return make("section", { class: "card" },
    make("h3", {}, unitName(view.unit)),
    make("p", { class: "soft" }, `${units.id[view.unit]} · ${whereIs(view.unit)}`),
    make("p", {}, say("outside")),
    whySection(null, view.unit));
}

function hint() {
  const hints = [make("p", { class: "soft" }, say(view.hand ? "hand.hint" : "panel.hint"))];
  if (people && !view.hand) hints.push(sizes());
  return hints;
}

/* Sizes of today's units and of the municipalities, in shares of their number. */
function sizes() {
  const plan = municipalities().map((one) => sumOf(one, "population"));
  return make("section", { class: "card" },
    make("h4", {}, say("panel.sizes")),
    sizesChart(people.map((size) => size ?? 0), plan.map((size) => size ?? 0)),
    make("p", { class: "soft keys" }, make("i", { class: "key-today" }), say("today"), make("i", { class: "key-plan" }), say("plan")));
}

function card(one) {
  return make("section", { class: "card" },
    make("h3", {}, nameOf(one)),
    make("p", { class: "soft" }, `${units.id[one.seat]} · ${whereIs(one.seat)}`),
    one.given === null ? make("p", { class: "soft" }, say("panel.changed")) : null,
    cardFigures(one),
    whySection(one, unitAsked(one)),
    make("h4", {}, say("panel.units", { n: one.units.length })),
    unitTable(one));
}

function unitAsked(one) {
  return view.unit !== null && homeOf(view.unit) === one ? view.unit : null;
}

/* Figures beside the middle one of all municipalities. */
function cardFigures(one) {
  const shown = measures.filter((measure) => measureOf(one, measure.name) !== null);
  const rows = (wholeCard ? shown : shown.slice(0, FEW)).map((measure) => make("tr", {},
    make("td", {}, withUnit(measureTitle(measure), measure.unit ? unitWord(measure.unit) : "")),
    make("td", { class: "number" }, figure(measureOf(one, measure.name))),
    make("td", { class: "number soft" }, figure(middle(measure.name)))));
  return [
    make("table", { class: "figures small" },
      make("thead", {}, make("tr", {}, make("th", {}), make("th", { class: "number" }, say("panel.here")), make("th", { class: "number" }, say("panel.median")))),
      make("tbody", {}, rows)),
    shown.length > FEW ? make("p", { class: "screen" }, link(say(wholeCard ? "panel.less" : "panel.more"), () => {
      wholeCard = !wholeCard;
      showPanel();
    })) : null,
  ];
}

function middle(name) {
  const figures = municipalities().map((one) => measureOf(one, name)).filter((value) => value !== null).sort((a, b) => a - b);
  if (!figures.length) return null;
  const at = (figures.length - 1) / 2;
  return (figures[Math.floor(at)] + figures[Math.ceil(at)]) / 2;
}

function unitTable(one) {
  const ways = knowsWays ? waysOf(one) : [];
  const rows = one.units.map((unit, at) => ({ unit, way: ways[at] }));
  rows.sort((a, b) => (people ? (people[b.unit] ?? 0) - (people[a.unit] ?? 0) : a.unit - b.unit));
  return make("table", { class: "figures small" }, make("tbody", {}, rows.map(({ unit, way }) => make("tr", {},
    make("td", {},
      link(unitName(unit), (event) => (view.hand ? pick(unit, event.shiftKey || event.ctrlKey) : look({ unit }))),
      unit === one.seat ? make("small", { class: "tag" }, say("panel.seat")) : null),
    make("td", { class: "number" }, people ? figure(people[unit]) : ""),
    make("td", { class: "number soft" }, way === undefined ? "" : amount(way, report.distance.unit))))));
}
