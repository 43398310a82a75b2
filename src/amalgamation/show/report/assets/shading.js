/* What colour a municipality has: one that tells neighbours apart, or a class of a measure. */

import { report } from "./data.js";
import { municipalities } from "./plan.js";
import { measureOf, measures } from "./amounts.js";
import { view } from "./view.js";

/* Five steps of ColorBrewer's YlGnBu (Brewer 2003), lightened at the dark end for names. */
const STEPS = ["#f7f5d2", "#c3e4c0", "#7fc9c2", "#459fc0", "#3a6ea5"];
const MOST_DIGITS = 6;
export const NO_FIGURE = "#e3e5e8";
const OUTSIDE = "#eceeef";
export const INK = "#22303c";
export const BORDER = "#56646f";

/* In: nothing. Out: { measure, breaks } with at most four ascending breaks between classes. */
export function classes() {
  const measure = measures.find((one) => one.name === view.colourBy);
  if (!measure) return null;
  const figures = municipalities().map((one) => measureOf(one, measure.name))
    .filter((value) => value !== null && Number.isFinite(value)).sort((a, b) => a - b);
  const fifths = figures.length ? [1, 2, 3, 4].map((fifth) => figures[Math.floor((fifth * figures.length) / 5)]) : [];
  const breaks = rounded(fifths).filter((one) => one > figures[0] && one <= figures.at(-1));
  return { measure, breaks, least: figures[0], most: figures.at(-1) };
}

/* Two digits that count, since a legend is read and not computed with; more where two limits
   would else become one. Downwards, so that the greatest figure stays above the last limit. */
function rounded(limits) {
  const apart = new Set(limits).size;
  for (let digits = 2; ; digits += 1) {
    const short = [...new Set(limits.map((limit) => roundedDown(limit, digits)))];
    if (short.length === apart || digits === MOST_DIGITS) return short;
  }
}

function roundedDown(value, digits) {
  if (value === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  return Number((Math.floor(value / step + 1e-9) * step).toPrecision(digits));
}

export function stepColour(at, breaks) {
  return STEPS[Math.round((at * (STEPS.length - 1)) / Math.max(1, breaks.length))];
}

export function colourOf(one, scale) {
  if (one === null) return OUTSIDE;
  if (!scale) return report.palette[one.colour % report.palette.length];
  const value = measureOf(one, scale.measure.name);
  if (value === null || !Number.isFinite(value)) return NO_FIGURE;
  return stepColour(scale.breaks.filter((limit) => value >= limit).length, scale.breaks);
}

/* The outermost tier is a plain dark line; those inside are dashed, in a colour of their own. */
export function tierLook(tier) {
  const outermost = tier === report.outermost;
  return outermost ? { colour: INK, width: 1.8, dash: [] } : { colour: "#8c3b7a", width: 1.3, dash: [6, 3] };
}
