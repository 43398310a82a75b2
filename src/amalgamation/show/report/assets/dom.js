/* Elements made from text: nothing here reads markup, so a name can never become one. */

export function make(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

export function draw(tag, attributes = {}, ...children) {
  return dress(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function dress(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

export function refill(id, ...children) {
  byId(id).replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

/* Words with their unit beside them in small, unless it only says the same again. */
export function withUnit(words, unit) {
  const says = unit && unit.toLowerCase() !== words.toLowerCase();
  return [words, says ? make("small", {}, ` ${unit}`) : null];
}

/* The same inside a sentence, where a button would not break into lines. */
export function inlineLink(text, onclick) {
  const follow = (event) => {
    event.preventDefault();
    onclick();
  };
  return make("a", { class: "link", href: "#", onclick: follow }, text);
}

/* A button that looks like text and leads to a place on the map. */
export function link(text, onclick) {
  return make("button", { type: "button", class: "link", onclick }, text);
}
