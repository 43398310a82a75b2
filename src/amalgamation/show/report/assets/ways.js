/* Distances from units to a seat, by the definition of the scenario's graph. */

import { report, neighbours } from "./data.js";

/* Whether the page can tell distances at all: a large matrix is not carried. */
export const knowsWays = report.distance.how !== "none";

/* In: units and their seat. Out: distances in their order; Infinity where there is no way. */
export function waysTo(seat, members) {
  return WAYS[report.distance.how](seat, members);
}

const WAYS = { along_ties: alongTies, straight, matrix: fromMatrix, none: () => [] };

function straight(seat, members) {
  const [x, y] = report.distance.places[seat];
  return members.map((unit) => {
    const [unitX, unitY] = report.distance.places[unit];
    return Math.hypot(unitX - x, unitY - y);
  });
}

function fromMatrix(seat, members) {
  return members.map((unit) => {
    if (unit === seat) return 0;
    const row = report.distance.pairs[unit];
    for (let at = 0; at < row.length; at += 2) if (row[at] === seat) return row[at + 1];
    return Infinity;
  });
}

/* Dijkstra (1959) from the seat through any unit, until all members are reached. */
function alongTies(seat, members) {
  const far = new Map([[seat, 0]]);
  const settled = new Set();
  const wanted = new Set(members);
  const heap = [[0, seat]];
  while (heap.length && wanted.size) {
    const [way, unit] = takeLeast(heap);
    if (settled.has(unit)) continue;
    settled.add(unit);
    wanted.delete(unit);
    for (const tie of neighbours[unit]) {
      const longer = way + tie.km;
      if (longer < (far.get(tie.unit) ?? Infinity)) {
        far.set(tie.unit, longer);
        put(heap, [longer, tie.unit]);
      }
    }
  }
  return members.map((unit) => (settled.has(unit) ? far.get(unit) : Infinity));
}

function put(heap, entry) {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (heap[above][0] <= entry[0]) break;
    heap[at] = heap[above];
    at = above;
  }
  heap[at] = entry;
}

function takeLeast(heap) {
  const least = heap[0];
  const last = heap.pop();
  if (!heap.length) return least;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && heap[below + 1][0] < heap[below][0]) below += 1;
    if (heap[below][0] >= last[0]) break;
    heap[at] = heap[below];
    at = below;
  }
  heap[at] = last;
  return least;
}

/* The units of a set that ties within the set do not join to a start. */
export function severedFrom(start, members) {
  const inside = new Set(members);
  const reached = new Set([start]);
  const open = [start];
  while (open.length) {
    for (const tie of neighbours[open.pop()]) {
      if (inside.has(tie.unit) && !reached.has(tie.unit)) {
        reached.add(tie.unit);
        open.push(tie.unit);
      }
    }
  }
  return members.filter((unit) => !reached.has(unit));
}
