/* The top of the page: the question, and how good the answer is. */

import { report, units } from "./data.js";
import { make, refill } from "./dom.js";
import { say, figure, decimals, told, wordFor } from "./words.js";

export function showHead() {
  const { question, data } = report;
  const [title] = told(question.title);
  document.title = title;
  refill("title", title);
  refill("question", told(question.question)[0]);
  refill("synthetic", make("strong", {}, say("synthetic")), ` ${notice()}`);
  document.getElementById("synthetic").hidden = !data.synthetic;
  showAnswer();
}

/* The territory's own sentence, without the words that stand before it already. */
function notice() {
  const opening = say("synthetic").replace(/\.$/, "");
  const [sentence] = told(report.data.notice);
  return capital(sentence.replace(new RegExp(`^(?:Synthetic|${opening}): `), ""));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function showAnswer() {
  const { certificate, municipalities } = report;
  const proven = certificate.bound !== null;
  const tiles = [
    [say("tile.status"), wordFor(certificate.status)],
    [say("tile.municipalities"), figure(municipalities.id.length), say("tile.of_units", { n: units.id.length })],
    certificate.cost !== null && [say("tile.cost"), figure(certificate.cost, 5), say("tile.cost_note")],
    proven && [say("tile.bound"), figure(certificate.bound, 5), say("tile.bound_note")],
    proven && [say("tile.gap"), `${decimals(100 * certificate.gap, 2)}\u00a0%`, say("tile.gap_note")],
  ].filter(Boolean);
  refill("tiles", tiles.map(([name, value, note]) => make(
    "div", { class: "tile" }, make("dt", {}, name), make("dd", {}, value), note ? make("small", {}, note) : null,
  )));
  refill("meaning", meaning());
}

/* The sentence that the run itself says, in the reader's language. */
function meaning() {
  const { key, bound, more } = report.certificate.meaning;
  const values = bound === undefined ? {} : { bound: figure(bound, 6), more: decimals(more, 2) };
  return say(`meaning.${key}`, values);
}
