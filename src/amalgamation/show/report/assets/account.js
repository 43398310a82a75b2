/* How the plan was made: scenario, parts, inputs, engines, time. */

import { report, units } from "./data.js";
import { make, refill } from "./dom.js";
import { say, figure, decimals, told, wordFor } from "./words.js";

export function showAccount() {
  const { certificate, question } = report;
  refill(
    "account",
    make("div", { class: "columns" },
      block("account.run", pairs([
        [say("tile.status"), wordFor(certificate.status)],
        [say("account.seconds"), decimals(certificate.seconds, 1)],
        [say("account.seed"), String(certificate.seed)],
        certificate.peak_mb ? [say("account.memory"), `${figure(Math.round(certificate.peak_mb))} MB`] : null,
        [say("account.data"), `${report.data.name}, ${say("account.units", { n: units.id.length })}`],
      ])),
      certificate.engines.length ? block("account.engines", engineTable()) : null,
      certificate.shares.length ? block("account.shares", pairs(certificate.shares.map(
        ({ where, percent }) => [told(where)[0], percent === null ? say("account.no_bound") : `${decimals(percent, 2)} %`],
      ))) : null,
      block("account.versions", pairs(Object.entries(report.versions)))),
    told(certificate.assumptions).length ? block("account.assumptions", listOf(told(certificate.assumptions))) : null,
    block("account.inputs", make("table", { class: "figures small" }, make("tbody", {}, report.inputs.map((source) => make("tr", {},
      make("td", {}, source.role), make("td", {}, source.path), make("td", {}, make("code", {}, source.sha256))))))),
    told(report.notices).length ? block("account.notices", listOf(told(report.notices))) : null,
    block("account.scenario", make("pre", { lang: "en" }, question.text)),
  );
}

function block(key, ...content) {
  return make("section", {}, make("h3", {}, say(key)), content);
}

function pairs(rows) {
  return make("table", { class: "figures small" }, make("tbody", {}, rows.filter(Boolean).map(([name, value]) => make("tr", {},
    make("td", {}, name), make("td", { class: "number" }, value)))));
}

function engineTable() {
  const nouns = ["blocks", "rounds", "columns", "cuts", "nodes"];
  return make("table", { class: "figures small" },
    make("thead", {}, make("tr", {}, make("th", {}), nouns.map((noun) => make("th", { class: "number" }, say(`account.${noun}`))), make("th", { class: "number" }, say("account.seconds")))),
    make("tbody", {}, report.certificate.engines.map((one) => make("tr", {},
      make("td", {}, wordFor(one.engine)),
      nouns.map((noun) => make("td", { class: "number" }, figure(one[noun]))),
      make("td", { class: "number" }, decimals(one.seconds, 1))))));
}

/* Sentences of the program itself: those that the catalogue lacks are in English. */
function listOf(sentences) {
  return make("ul", { class: "soft" }, sentences.map((text) => make("li", {}, text)));
}
