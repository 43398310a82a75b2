/* What the colours and lines of the map mean, and how long a kilometre is. */

import { report } from "./data.js";
import { make, byId, refill } from "./dom.js";
import { figure, say, amount, wordFor, measureTitle, unitWord } from "./words.js";
import { municipalities } from "./plan.js";
import { measureOf } from "./amounts.js";
import { view, SURE } from "./view.js";
import { study, sureFills, BORDERS, PROVEN } from "./study.js";
import { classes, stepColour, tierLook, NO_FIGURE, BORDER } from "./shading.js";
import { eye } from "./eye.js";

const LONGEST = 130; // pixels

export function showScale() {
  const metres = (LONGEST / eye.scale) * report.map.step;
  const power = 10 ** Math.floor(Math.log10(metres));
  const round = [5, 2, 1].find((step) => step * power <= metres) * power;
  byId("scale-bar").style.width = `${(round / report.map.step) * eye.scale}px`;
  byId("scale-words").textContent = round >= 1000
    ? amount(round / 1000, "km") : amount(round, "m");
}

export function showLegend() {
  const scale = classes();
  refill("legend", scale ? classLegend(scale) : view.colourBy === SURE ? sureLegend() : plainLegend(), lineLegend());
}

function swatch(colour, words) {
  const box = make("span", { class: "swatch" });
  box.style.background = colour;
  return make("li", {}, box, words);
}

function classLegend({ measure, breaks, least: low, most }) {
  const ends = [low, ...breaks, most];
  const rows = ends.slice(0, -1).map((from, at) => swatch(
    stepColour(at, breaks), `${figure(from)} – ${figure(ends[at + 1])}`,
  ));
  const unit = measure.unit ? `, ${unitWord(measure.unit)}` : "";
  const lacks = municipalities().some((one) => measureOf(one, measure.name) === null);
  return [
    make("strong", {}, measureTitle(measure) + unit),
    make("ul", {}, rows, lacks ? swatch(NO_FIGURE, say("legend.none")) : null),
  ];
}

function plainLegend() {
  return make("strong", {}, say("legend.apart"));
}

function sureLegend() {
  return [
    make("strong", {}, say("sure.shaded")),
    make("ul", {}, sureFills().map(({ colour, words }) => swatch(colour, say(words)))),
  ];
}

function sureLines() {
  const proven = study.facts.proven > 0;
  return [
    ...BORDERS.map(({ colour, width, words }) => line(colour, width, [], say(words))),
    proven ? make("li", {}, make("span", { class: "line proven" }), say("sure.proven_cut")) : null,
    proven ? line(PROVEN.kept, 1.6, [2, 3], say("sure.proven_kept")) : null,
  ];
}

function lineLegend() {
  const sure = view.layers.get(SURE);
  const rows = sure && view.colourBy === SURE ? [] : [line(BORDER, 1.5, [], say("legend.municipality"))];
  if (sure) rows.push(...sureLines());
  report.data.tiers.filter((tier) => view.layers.get(`tier.${tier}`)).forEach((tier) => {
    const { colour, width, dash } = tierLook(tier);
    rows.push(line(colour, width, dash, wordFor(tier)));
  });
  if (view.layers.get("seats")) rows.push(make("li", {}, make("span", { class: "dot" }), say("legend.seat")));
  return make("ul", {}, rows);
}

function line(colour, width, dash, words) {
  const mark = make("span", { class: "line" });
  mark.style.borderTop = `${Math.max(1.5, width)}px ${dash.length ? "dashed" : "solid"} ${colour}`;
  return make("li", {}, mark, words);
}
