/* Drawing by hand: what a person can do with the units picked, and what comes of it. */

import { report, neighbours, people } from "./data.js";
import { make } from "./dom.js";
import { say, figure, wordFor, unitWord } from "./words.js";
import {
  homeOf, municipality, moveUnits, splitOff, mergeInto, moveSeat, undo, redo, startAgain,
  canUndo, canRedo, assignmentText,
} from "./plan.js";
import { sumOf } from "./amounts.js";
import { unitName, nameOf } from "./names.js";
import { view, look } from "./view.js";
import { judge } from "./rules.js";
import { aimsNow, costNow } from "./aims.js";
import { breachWords } from "./binding.js";
import { goTo } from "./map.js";

const FEW = 8;

export function handTools() {
  return make("section", { class: "hand" },
    make("h3", {}, say("hand.title")),
    make("div", { class: "buttons" },
      button("undo", say("hand.undo"), undo, canUndo()),
      button("redo", say("hand.redo"), redo, canRedo()),
      button("restart", say("hand.restart"), startAgain, canUndo()),
      button("download", say("hand.download"), download, true)),
    pickedTools(),
    costTable(),
    breaches());
}

function button(id, words, onclick, enabled) {
  return make("button", { type: "button", id, onclick, disabled: !enabled }, words);
}

/* --- what to do with the units picked -------------------------------------------------- */

function pickedTools() {
  const picked = [...view.picked].sort((a, b) => a - b);
  if (!picked.length) return make("p", { class: "soft" }, say("hand.pick"));
  const homes = [...new Set(picked.map(homeOf))];
  const one = homes.length === 1 ? homes[0] : null;
  return make("div", { class: "picked" },
    make("p", {}, make("strong", {}, picked.slice(0, 3).map(unitName).join(", ") + (picked.length > 3 ? ` +${picked.length - 3}` : "")),
      one ? ` ${say("hand.of", { name: nameOf(one) })}` : ""),
    make("p", { class: "soft" }, say("hand.more")),
    choice("move", say("hand.move"), around(picked, homes), (id) => done(id, () => moveUnits(picked, id))),
    one ? choice("merge", say("hand.merge"), around(one.units, homes), (id) => done(one.id, () => mergeInto(one.id, id))) : null,
    make("div", { class: "buttons" },
      button("split", say("hand.split"), () => done(null, () => look({ chosen: splitOff(picked) })), !one || picked.length < one.units.length),
      button("seat", say("hand.seat"), () => moveSeat(picked[0]), picked.length === 1 && one !== null && one.seat !== picked[0])));
}

/* Neighbouring municipalities of some units, those with the longest shared border first. */
function around(members, homes) {
  const borders = new Map();
  for (const unit of members) {
    for (const tie of neighbours[unit]) {
      const other = homeOf(tie.unit);
      if (other && (!homes.includes(other) || homes.length > 1)) borders.set(other, (borders.get(other) ?? 0) + tie.border);
    }
  }
  return [...borders].sort((a, b) => b[1] - a[1] || (a[0].id < b[0].id ? -1 : 1)).map(([other]) => other);
}

function choice(id, words, others, act) {
  if (!others.length) return null;
  const select = make("select", { id: `${id}-to`, "aria-label": words }, others.map((other) => make(
    "option", { value: other.id }, `${nameOf(other)}${people ? ` (${figure(sumOf(other, "population"))})` : ""}`,
  )));
  return make("div", { class: "choice" },
    make("label", { for: `${id}-to` }, words), select, button(id, say("hand.do"), () => act(select.value), true));
}

function done(id, act) {
  act();
  look({ picked: new Set(), ...(id !== null && municipality(id) ? { chosen: id } : {}) });
}

/* --- what comes of it ------------------------------------------------------------------ */

function costTable() {
  const aims = aimsNow();
  if (!aims.length) return null;
  const now = costNow();
  return make("table", { class: "figures small", id: "costs" },
    make("thead", {}, make("tr", {}, make("th", {}), make("th", { class: "number" }, say("hand.before")), make("th", { class: "number" }, say("hand.now")))),
    make("tbody", {},
      make("tr", { class: "sum" }, make("td", {}, say("tile.cost")), make("td", { class: "number" }, figure(report.certificate.cost, 6)),
        make("td", { class: "number", id: "cost-now" }, figure(now, 6))),
      aims.map((aim) => make("tr", {},
        make("td", {}, aimWords(aim), make("small", {}, ` ${unitWord(aim.unit)}`)),
        make("td", { class: "number" }, figure(aim.before)),
        make("td", { class: "number" }, figure(aim.now))))));
}

function aimWords(aim) {
  const [kind, ...rest] = aim.name.split(".");
  return say(`aim.${kind}`, { what: rest.length ? wordFor(rest.join(".")) : "" });
}

function breaches() {
  const checks = judge().filter((check) => !check.kept);
  return make("div", { id: "breaches", class: checks.length ? "broken" : "kept" },
    make("p", {}, make("strong", {}, say(checks.length ? "hand.broken" : "hand.kept", checks.length ? { n: checks.length } : {}))),
    make("ul", {}, checks.slice(0, FEW).map((check) => make("li", {},
      check.one ? make("button", { type: "button", class: "link", onclick: () => goTo(check.one) }, nameOf(check.one)) : say("rule.whole"),
      `: ${breachWords(check)}`))),
    make("p", { class: "soft" }, say("hand.judge")));
}

function download() {
  const address = URL.createObjectURL(new Blob([assignmentText()], { type: "text/csv" }));
  const anchor = make("a", { href: address, download: "assignment.csv" });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
