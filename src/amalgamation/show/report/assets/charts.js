/* Small pictures as SVG: today beside the plan, how a measure is spread, the frontier. */

import { report } from "./data.js";
import { draw } from "./dom.js";
import { figure, say } from "./words.js";

/* Two bars on one scale: today above, the plan below. */
export function twoBars(today, plan) {
  const most = Math.max(Math.abs(today ?? 0), Math.abs(plan ?? 0));
  const wide = (value) => (most && value !== null ? Math.max(1, (118 * Math.abs(value)) / most) : 0);
  return draw(
    "svg", { class: "bars", viewBox: "0 0 120 20", role: "img", "aria-label": `${say("today")} ${figure(today)}, ${say("plan")} ${figure(plan)}` },
    draw("rect", { class: "bar-today", x: 0, y: 2, width: wide(today), height: 7, rx: 1 }),
    draw("rect", { class: "bar-plan", x: 0, y: 11, width: wide(plan), height: 7, rx: 1 }),
  );
}

/* How many bodies there are of each size: today's units above, the municipalities below. */
export function sizesChart(today, plan) {
  const least = Math.min(...today.filter((size) => size > 0), ...plan.filter((size) => size > 0));
  const limits = roundSizes(least, Math.max(...today, ...plan));
  const share = (sizes, at) => sizes.filter((size) => size >= limits[at] && size < (limits[at + 1] ?? Infinity)).length / sizes.length;
  const rows = limits.map((limit, at) => [limit, share(today, at), share(plan, at)]);
  const most = Math.max(...rows.flatMap(([, ...shares]) => shares));
  const wide = (part) => (212 * part) / most; // the share stands behind the longest bar too
  const picture = draw("svg", { class: "sizes", viewBox: `0 0 330 ${rows.length * 24}`, role: "img", "aria-label": say("panel.sizes") });
  rows.forEach(([limit, before, now], at) => {
    const top = 24 * at;
    picture.append(
      draw("text", { x: 68, y: top + 15, "text-anchor": "end" }, `${at ? "≥" : "<"}\u00a0${figure(at ? limit : limits[1])}`),
      draw("rect", { class: "bar-today", x: 76, y: top + 3, width: wide(before), height: 8, rx: 1 }),
      draw("rect", { class: "bar-plan", x: 76, y: top + 12, width: wide(now), height: 8, rx: 1 }),
      draw("text", { x: 80 + wide(Math.max(before, now)), y: top + 15 }, `${figure(Math.round(100 * now))}\u00a0%`),
    );
  });
  return picture;
}

/* 0, then 1, 2 and 5 times powers of ten above the least, of which seven are enough. */
function roundSizes(least, most) {
  const all = [];
  for (let power = 10 ** Math.floor(Math.log10(least)); power <= most; power *= 10) {
    all.push(...[1, 2, 5].map((step) => step * power).filter((size) => size > least && size <= most));
  }
  const middle = Math.max(0, Math.floor((all.length - 7) / 2));
  return [0, ...all.slice(middle, middle + 7)];
}

/* Cost against number of municipalities: band from bound to best plan known. */
export function frontierChart(chosen) {
  const points = report.certificate.frontier;
  const [wide, high, left, base] = [760, 340, 64, 296];
  const known = points.flatMap(([, cost, bound]) => [cost, bound]).filter((value) => value !== null);
  const [low, top] = [Math.min(...known), Math.max(...known)];
  const span = top - low || Math.abs(top) || 1;
  const numbers = points.map(([number]) => number);
  const [from, to] = [Math.min(...numbers) - 0.5, Math.max(...numbers) + 0.5];
  const x = (number) => left + ((number - from) / (to - from)) * (wide - left - 12);
  const y = (cost) => base - ((cost - low + 0.08 * span) / (1.14 * span)) * (base - 12);
  const half = (x(1) - x(0)) / 2;
  const dot = Math.min(5, Math.max(1.6, half));
  const picture = draw("svg", { class: "frontier", viewBox: `0 0 ${wide} ${high}`, role: "img", "aria-label": say("frontier.title") });
  picture.append(...axis(low, top, y, left, wide), ...feet(from, to, x, base));
  for (const [number, cost, bound] of points) {
    if (bound === null) continue;
    const [left, width] = [x(number) - half, 2 * half];
    if (cost !== null) picture.append(draw("rect", { class: "band", x: left, width, y: y(cost), height: Math.max(0, y(bound) - y(cost)) }));
    picture.append(draw("line", { class: "bound", x1: left, x2: left + width, y1: y(bound), y2: y(bound) }));
    if (cost === null) continue;
    const here = number === chosen;
    picture.append(draw(
      "circle", { class: here ? "chosen" : "known", cx: x(number), cy: y(cost), r: here ? 6 : dot },
      draw("title", {}, `${figure(number)}: ${figure(cost, 5)} – ${figure(bound, 5)}`),
    ));
  }
  picture.append(
    draw("text", { x: (left + wide) / 2, y: high - 6, "text-anchor": "middle" }, say("frontier.x")),
    draw("text", { x: 14, y: base / 2, "text-anchor": "middle", transform: `rotate(-90 14 ${base / 2})` }, say("frontier.y")),
  );
  return picture;
}

function ticks(low, top, most) {
  const rough = (top - low || 1) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(top / step + 1e-9) - first + 1 }, (_, at) => (first + at) * step);
}

function axis(low, top, y, left, wide) {
  return ticks(low, top, 5).flatMap((value) => [
    draw("line", { class: "grid", x1: left, x2: wide - 12, y1: y(value), y2: y(value) }),
    draw("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, figure(value, 4)),
  ]);
}

function feet(from, to, x, base) {
  return ticks(from, to, 8).filter(Number.isInteger).map((number) => (
    draw("text", { x: x(number), y: base + 18, "text-anchor": "middle" }, figure(number))
  ));
}
