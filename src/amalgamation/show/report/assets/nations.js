/* Among nations: mean population and mean area of a municipality, both scales logarithmic. */

import { report } from "./data.js";
import { draw, byId, refill } from "./dom.js";
import { amount, countryName, figure, say } from "./words.js";

const [WIDE, HIGH, LEFT, BASE, EDGE] = [760, 470, 70, 424, 12];
const ROOM = 1.6; // times beyond the least and the greatest
const LETTERS = 12; // pixels
const AROUND = [[8, 4, "start"], [-8, 4, "end"], [0, -8, "middle"], [0, 16, "middle"], [6, -5, "start"], [6, 13, "start"], [-6, -5, "end"], [-6, 13, "end"]];

export function showNations() {
  const { nations } = report;
  byId("nations").hidden = nations === null;
  if (nations === null) return;
  const { today, plan } = nations.nearest;
  refill("nations-nearest", say("nations.nearest", { today: listOf(today), plan: listOf(plan) }));
  refill("nations-chart", chart(nations));
}

function listOf(countries) {
  return countries.map(countryName).join(", ");
}

function chart({ today, plan, nearest, countries }) {
  const places = [today, plan, ...countries.map(([, ...both]) => both)];
  const x = scale(places.map(([people]) => people), LEFT, WIDE - EDGE);
  const y = scale(places.map(([, area]) => area), BASE, EDGE);
  const spot = (people, area) => ({ x: x.at(people), y: y.at(area) });
  const dots = countries.map(([country, ...both]) => ({ country, name: countryName(country), kind: "country", both, ...spot(...both) }));
  const same = today.every((value, at) => value === plan[at]);
  const ours = [
    { name: say(same ? "nations.same" : "plan"), kind: "plan", both: plan, ...spot(...plan) },
    ...(same ? [] : [{ name: say("today"), kind: "today", both: today, ...spot(...today) }]),
  ];
  const near = dots.filter(({ country }) => nearest.plan.includes(country));
  const spoken = dots.filter((dot) => nearest.today.includes(dot.country) || near.includes(dot));
  const others = dots.filter((dot) => !spoken.includes(dot));
  return draw("svg", { class: "nations", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": say("nations.title") },
    grid(x, y),
    near.map((dot) => draw("line", { class: "near", x1: ours[0].x, y1: ours[0].y, x2: dot.x, y2: dot.y })),
    [...dots, ...ours].map(mark),
    names([...ours, ...spoken, ...others], near.flatMap((dot) => along(ours[0], dot))));
}

/* From figures to pixels, and the round figures between the ends. */
function scale(figures, from, to) {
  const [low, high] = [Math.log(Math.min(...figures) / ROOM), Math.log(Math.max(...figures) * ROOM)];
  const at = (value) => from + ((Math.log(value) - low) / (high - low)) * (to - from);
  const ticks = [];
  for (let power = 10 ** Math.floor(low / Math.LN10); power <= Math.exp(high); power *= 10) {
    ticks.push(...[1, 2, 5].map((step) => step * power).filter((tick) => Math.log(tick) >= low && Math.log(tick) <= high));
  }
  return { at, ticks };
}

function grid(x, y) {
  const middle = (LEFT + WIDE - EDGE) / 2;
  return [
    ...x.ticks.flatMap((tick) => [
      draw("line", { class: "grid", x1: x.at(tick), x2: x.at(tick), y1: EDGE, y2: BASE }),
      draw("text", { x: x.at(tick), y: BASE + 17, "text-anchor": "middle" }, figure(tick)),
    ]),
    ...y.ticks.flatMap((tick) => [
      draw("line", { class: "grid", x1: LEFT, x2: WIDE - EDGE, y1: y.at(tick), y2: y.at(tick) }),
      draw("text", { x: LEFT - 7, y: y.at(tick) + 4, "text-anchor": "end" }, figure(tick)),
    ]),
    draw("text", { x: middle, y: HIGH - 6, "text-anchor": "middle" }, say("nations.x")),
    draw("text", { x: 13, y: BASE / 2, "text-anchor": "middle", transform: `rotate(-90 13 ${BASE / 2})` }, say("nations.y")),
  ];
}

function mark({ name, kind, both: [people, area], x, y }) {
  return draw("circle", { class: kind, cx: x, cy: y, r: kind === "country" ? 3.5 : 6 },
    draw("title", {}, `${name}: ${amount(people, "people")}, ${amount(area, "km2")}`));
}

function along(from, to) {
  const parts = Array.from({ length: 30 }, (_, step) => step / 30);
  return parts.map((part) => ({ x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) }));
}

/* Names beside their dots, the first first; one that finds no room is left out. */
function names(dots, lines) {
  const pen = document.createElement("canvas").getContext("2d");
  const family = `${LETTERS}px ${getComputedStyle(document.body).fontFamily}`;
  const taken = [...dots, ...lines].map(({ x, y }) => [x - 4, y - 4, x + 4, y + 4]);
  return dots.map(({ name, kind, x, y }) => {
    pen.font = kind === "country" ? family : `600 ${family}`;
    const wide = pen.measureText(name).width;
    const found = AROUND.map(([right, down, anchor]) => ({ x: x + right, y: y + down, anchor, box: boxOf(x + right, y + down, anchor, wide) }))
      .find(({ box }) => fits(box, taken));
    if (!found) return null;
    taken.push(found.box);
    return draw("text", { class: `name ${kind}`, x: found.x, y: found.y, "text-anchor": found.anchor }, name);
  });
}

function boxOf(x, y, anchor, wide) {
  const left = x - { start: 0, middle: wide / 2, end: wide }[anchor];
  return [left - 1, y - LETTERS + 1, left + wide + 1, y + 3];
}

function fits(box, taken) {
  return box[0] > LEFT && box[1] > 0 && box[2] < WIDE && box[3] < BASE
    && !taken.some((one) => one[0] < box[2] && one[2] > box[0] && one[1] < box[3] && one[3] > box[1]);
}
