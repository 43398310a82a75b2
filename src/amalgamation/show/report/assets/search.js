/* Search by name or code, in every language that the data know. */

import { report } from "./data.js";
import { make, refill, byId } from "./dom.js";
import { say } from "./words.js";
import { homeOf } from "./plan.js";
import { findNames, unitName, nameOf, whereIs } from "./names.js";
import { view, look, pick } from "./view.js";
import { flyTo } from "./eye.js";

const MOST = 10;

export function startSearch() {
  const field = byId("search");
  field.addEventListener("input", () => suggest(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") byId("found").querySelector("button")?.click();
    if (event.key === "Escape") suggest("");
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#search-box")) suggest("");
  });
}

function suggest(text) {
  const found = findNames(text, MOST);
  const none = text.trim() && !found.length;
  refill("found", found.map(suggestion), none ? make("p", { class: "soft" }, say("search.none")) : null);
  byId("found").hidden = !text.trim();
}

function suggestion(unit) {
  const home = homeOf(unit);
  const part = home && home.seat !== unit ? ` → ${nameOf(home)}` : "";
  return make("button", { type: "button", onclick: () => choose(unit) },
    make("span", {}, unitName(unit), make("small", {}, part)), make("small", { class: "soft" }, whereIs(unit)));
}

function choose(unit) {
  byId("search").value = "";
  suggest("");
  if (view.hand) pick(unit, false);
  else look({ chosen: homeOf(unit)?.id ?? null, unit });
  if (report.map) flyTo(homeOf(unit)?.units ?? [unit]);
}
