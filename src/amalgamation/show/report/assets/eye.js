/* Where the reader's eye is: what part of the map is seen, how large, and how it gets there. */

import { report } from "./data.js";
import { boxOf } from "./outline.js";

const PAD = 14;
const NEAREST = 200; // times nearer than where all is seen
const NEAREST_FLIGHT = 60;

/* Middle of the picture in cells, pixels per cell, and the picture's size in pixels. */
export const eye = { x: 0, y: 0, scale: 1, width: 0, height: 0 };
let least = 1; // scale at which all is seen
const watchers = [];

export function onEye(watcher) {
  watchers.push(watcher);
}

function place(goal) {
  Object.assign(eye, goal);
  watchers.forEach((tell) => tell());
}

/* How many times nearer the eye is than where all is seen. */
export function nearness() {
  return eye.scale / least;
}

export function toCells(at) {
  return { x: eye.x + (at.x - eye.width / 2) / eye.scale, y: eye.y + (at.y - eye.height / 2) / eye.scale };
}

export function toPixels(x, y) {
  return [(x - eye.x) * eye.scale + eye.width / 2, (y - eye.y) * eye.scale + eye.height / 2];
}

/* The picture has a new size: an eye that saw all still does. */
export function fitEye(width, height) {
  const sawAll = eye.width === 0 || Math.abs(nearness() - 1) < 1e-6;
  const [wide, high] = report.map.size;
  least = Math.min((width - 2 * PAD) / wide, (height - 2 * PAD) / high);
  place({ width, height, ...(sawAll ? whole() : { scale: Math.max(eye.scale, least) }) });
}

function whole() {
  return { x: report.map.size[0] / 2, y: report.map.size[1] / 2, scale: least };
}

export function moveEye(right, down) {
  place({ x: eye.x + right / eye.scale, y: eye.y + down / eye.scale });
}

/* What lies under a place of the picture stays there. */
export function zoomEye(factor, at = { x: eye.width / 2, y: eye.height / 2 }) {
  const before = toCells(at);
  eye.scale = Math.min(Math.max(eye.scale * factor, least), NEAREST * least);
  const after = toCells(at);
  place({ x: eye.x + before.x - after.x, y: eye.y + before.y - after.y });
}

export function showWhole() {
  fly(whole());
}

/* Fly to some units, and leave their neighbours in sight. */
export function flyTo(members) {
  const [left, top, right, bottom] = boxOf(members);
  const room = 0.45;
  const scale = Math.min((room * eye.width) / (right - left), (room * eye.height) / (bottom - top));
  fly({ x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(Math.max(scale, least), NEAREST_FLIGHT * least) });
}

function fly(goal) {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    place(goal);
    return;
  }
  const from = { ...eye };
  const began = performance.now();
  const stride = (now) => {
    const part = Math.min(1, Math.max(0, (now - began) / 450));
    const soft = part * part * (3 - 2 * part);
    place({
      x: from.x + (goal.x - from.x) * soft,
      y: from.y + (goal.y - from.y) * soft,
      scale: from.scale * (goal.scale / from.scale) ** soft,
    });
    if (part < 1) requestAnimationFrame(stride);
  };
  requestAnimationFrame(stride);
}
