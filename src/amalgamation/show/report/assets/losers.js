/* Where most residents lose: the run's municipalities, against each of today's seats. */

import { report } from "./data.js";
import { make, refill, link, byId, withUnit } from "./dom.js";
import { say, figure, measureTitle, unitWord } from "./words.js";
import { homeOf } from "./plan.js";
import { unitName } from "./names.js";
import { goTo } from "./map.js";

export function showLosers() {
  byId("losers").hidden = !report.losers.length;
  refill("losers-tables", report.losers.map(loserTable));
}

function loserTable({ rows, measures: names }) {
  const shown = report.measures.filter((measure) => names.includes(measure.name));
  return make("table", { class: "figures" },
    make("thead", {}, make("tr", {},
      make("th", {}, say("list.name")),
      shown.map((measure) => make("th", { class: "number" }, withUnit(measureTitle(measure), unitWord(measure.unit)))))),
    make("tbody", {}, rows.map((at) => loserRow(at, shown))));
}

/* The figures are those of the run; the way leads to where the seat is now. */
function loserRow(at, shown) {
  const { id, seat, measures } = report.municipalities;
  return make("tr", { "data-id": id[at] },
    make("td", {}, link(unitName(seat[at]), () => goTo(homeOf(seat[at])))),
    shown.map(({ name }) => make("td", { class: "number" }, figure(measures[name][at]))));
}
