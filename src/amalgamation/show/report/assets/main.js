/* The page, put together: words first, then what they are about. */

import { report } from "./data.js";
import { make, byId, refill } from "./dom.js";
import { allLanguages, chooseLanguage, currentLanguage, guessLanguage, languageName, say, wordFor, measureTitle } from "./words.js";
import { isDrawn, onPlan } from "./plan.js";
import { measures } from "./amounts.js";
import { view, look, onView, SURE } from "./view.js";
import { startMap } from "./map.js";
import { repaint } from "./picture.js";
import { showLegend } from "./legend.js";
import { frontierChart } from "./charts.js";
import { showHead } from "./head.js";
import { showScorecard } from "./scorecard.js";
import { showLosers } from "./losers.js";
import { showNations } from "./nations.js";
import { startList, showList } from "./list.js";
import { startBinding, showBinding } from "./binding.js";
import { startPanel, showPanel } from "./panel.js";
import { startSearch } from "./search.js";
import { showAccount } from "./account.js";
import { study } from "./study.js";
import { startPlans, showPlans } from "./plans.js";

function showAll() {
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-hint]")) {
    node.setAttribute(node.tagName === "INPUT" ? "placeholder" : "title", say(node.dataset.hint));
    node.setAttribute("aria-label", say(node.dataset.hint));
  }
  showHead();
  showPlans();
  showLanguages();
  showTools();
  showPanel();
  showScorecard();
  showLosers();
  showNations();
  showList();
  showBinding();
  showFrontier();
  showAccount();
  if (report.map) {
    showLegend();
    repaint();
  }
}

function showLanguages() {
  refill("languages", allLanguages().map((code) => make("button", {
    type: "button", lang: code, "aria-pressed": String(code === currentLanguage()),
    onclick: () => {
      chooseLanguage(code);
      showAll();
    },
  }, languageName(code))));
}

function showTools() {
  const choices = measures.map((measure) => make("option", { value: measure.name, selected: measure.name === view.colourBy }, measureTitle(measure)));
  const sure = study ? make("option", { value: SURE, selected: view.colourBy === SURE }, say("sure.title")) : null;
  refill("colour-by", sure, make("option", { value: "", selected: view.colourBy === "" }, say("colour.apart")), choices);
  refill("layers", [...view.layers].map(([name, isOn]) => make("label", {},
    make("input", {
      type: "checkbox", "data-layer": name, checked: isOn,
      onchange: (event) => look({ layers: new Map(view.layers).set(name, event.target.checked) }),
    }),
    name.startsWith("tier.") ? wordFor(name.slice(5)) : say(`layer.${name}`))));
}

function showFrontier() {
  const { frontier } = report.certificate;
  const there = frontier.length > 1 && frontier.some(([, cost, bound]) => cost !== null || bound !== null);
  byId("frontier").hidden = !there;
  if (there) refill("frontier-chart", frontierChart(report.municipalities.id.length));
}

/* Once what is drawn differs from the run's plan, the page says so wherever it is read. */
function showState() {
  byId("drawn").hidden = !isDrawn();
}

function start() {
  guessLanguage(report.language);
  byId("no-map").hidden = report.map !== null;
  byId("workbench").hidden = report.map === null;
  startPanel();
  startList();
  startBinding();
  startSearch();
  startPlans();
  byId("colour-by").addEventListener("change", (event) => look({ colourBy: event.target.value }));
  byId("hand").addEventListener("click", () => {
    look({ hand: !view.hand, picked: new Set() });
    byId("hand").setAttribute("aria-pressed", String(view.hand));
  });
  byId("print").addEventListener("click", () => window.print());
  onPlan(showState);
  if (report.map) startMap();
  showAll();
  onView(() => view.colourBy && showList());
  document.documentElement.dataset.ready = "true";
}

start();
