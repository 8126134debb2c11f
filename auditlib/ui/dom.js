// Shared by every page: this file and talk.js are put in front of each page's own script.
// All drawing goes through `h`. A string only ever becomes a text node, so nothing from an archive can become markup.

function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

function svg(tag, props, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, careful(act));
    else if (name === "value" || name === "checked" || name === "disabled" || name === "open") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

// A mistake in a page's own script is shown as well, never swallowed.
function careful(act) {
  return (event) => {
    try {
      const outcome = act(event);
      if (outcome && outcome.catch) outcome.catch(complain);
    } catch (error) {
      complain(error);
    }
  };
}

function complain(error) {
  if (error instanceof Told) return; // its banner is already there
  document.dispatchEvent(new CustomEvent("sa-problem", { detail: "This page made a mistake. Reload it: what was confirmed as saved is safe." }));
  console.error(error);
}

class Told extends Error {} // the person has been shown this one

let counter = 0;
function unique(prefix) {
  counter += 1;
  return `sa-${prefix}-${counter}`;
}

// A label above its control, with an optional hint and a place for an error, tied together for screen readers.
function field(label, control, { hint, inline } = {}) {
  control.id = control.id || unique("field");
  const ids = [];
  const parts = [];
  if (hint) {
    const id = unique("hint");
    ids.push(id);
    parts.push(h("p", { class: "sa-hint", id }, hint));
  }
  const error = h("p", { class: "sa-field-error", id: unique("error"), hidden: true });
  ids.push(error.id);
  control.setAttribute("aria-describedby", ids.join(" "));
  const name = h("label", { for: control.id }, label);
  const box = h("div", { class: inline ? "sa-field inline" : "sa-field" }, inline ? [control, name] : name, parts, error, inline ? null : control);
  box.setError = (words) => {
    error.textContent = words || "";
    error.hidden = !words;
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  box.control = control;
  return box;
}

function choice(options, value, on = {}) {
  const list = h("select", { class: "sa-select", on }, options.map(([id, words]) => h("option", { value: id }, words)));
  list.value = value ?? "";
  return list;
}

function button(words, act, kind = "") {
  return h("button", { type: "button", class: `sa-button ${kind}`.trim(), on: { click: act } }, words);
}

function replace(node, ...children) {
  node.replaceChildren();
  add(node, children);
  return node;
}

// Words for a number of things: 1 post, 1,204 posts.
function many(count, one, more) {
  return `${Number(count).toLocaleString("en-GB")} ${count === 1 ? one : more || `${one}s`}`;
}

// The next or previous notebook stands beside this one, in Voila and in JupyterLab alike.
function beside(name) {
  return location.pathname.replace(/[^/]*$/, "") + name;
}

function onward(words, name) {
  return h("div", { class: "sa-onward" }, h("a", { class: "sa-button primary", href: beside(name) }, words));
}

// One choice out of a few, as large radio buttons under a heading.
function pills(legend, options, value, onPick, { hidden = true } = {}) {
  const name = unique("pills");
  return h(
    "fieldset",
    { class: "sa-pills" },
    h("legend", { class: hidden ? "sa-unseen" : null }, legend),
    h("div", { class: "sa-pill-row" }, options.map(([id, words]) => {
      const radio = h("input", { type: "radio", name, id: unique("pill"), checked: id === value, on: { change: () => onPick(id) } });
      return h("label", { class: "sa-pill", for: radio.id }, radio, h("span", {}, words));
    })),
  );
}
