/* The payload, with what is looked up often: neighbours of units, sides of arcs. */

export const report = JSON.parse(document.getElementById("payload").textContent);
export const units = report.units;
export const count = units.id.length;
export const people = units.values.population ?? null;

/* neighbours[u]: [{ unit, km, border }] */
export const neighbours = Array.from({ length: count }, () => []);
report.ties.a.forEach((a, at) => {
  const [b, km, border] = [report.ties.b[at], report.ties.km[at], report.ties.border[at]];
  neighbours[a].push({ unit: b, km, border });
  neighbours[b].push({ unit: a, km, border });
});

export function parentOf(tier, unit) {
  return units.tiers[tier].of[unit];
}

/* Ties that every plan severs: over a wall, or between unlike units where like is asked for. */
export function mustPart(a, b) {
  const walled = report.rules.walls ?? [];
  const alike = report.rules.like ?? [];
  return walled.some((tier) => parentOf(tier, a) !== parentOf(tier, b))
    || alike.some((name) => units.words[name][a] !== units.words[name][b]);
}

export function attributeUnit(name) {
  return report.data.attributes[name] ?? "";
}
