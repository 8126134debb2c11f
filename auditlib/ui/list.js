// A list of any length of which only the rows in sight are drawn. Rows are ROW px high; lists.css holds the same.

const ROW = 64;

function virtualList({ label, drawRow, onRange = () => {}, onPick }) {
  let total = 0;
  let current = 0;
  const name = unique("list");
  const rows = h("div", { class: "sa-rows", role: "presentation" });
  const space = h("div", { class: "sa-space", role: "presentation" }, rows);
  const element = h("div", { class: "sa-list", role: "listbox", tabindex: "0", "aria-label": label }, space);
  element.addEventListener("scroll", () => requestAnimationFrame(draw));
  const watch = new ResizeObserver(() => draw());
  watch.observe(element);

  function row(i) {
    const { top, badge, chosen, words } = drawRow(i);
    return h(
      "div",
      {
        class: i === current ? "sa-row current" : "sa-row", role: "option", id: `${name}-${i}`,
        "aria-selected": String(i === current), "aria-setsize": total, "aria-posinset": i + 1,
        on: { click: () => (element.focus({ preventScroll: true }), onPick(i)) },
      },
      h("span", { class: "sa-row-top" }, h("span", { class: "sa-row-left" }, top), h("span", { class: chosen ? "sa-chosen yes" : "sa-chosen" }, badge)),
      h("span", { class: "sa-row-words", dir: "auto" }, words),
    );
  }

  function draw() {
    const from = Math.max(0, Math.floor(element.scrollTop / ROW) - 4);
    const to = Math.min(total, from + Math.ceil(element.clientHeight / ROW) + 8);
    onRange(from, to);
    rows.style.transform = `translateY(${from * ROW}px)`;
    const drawn = [];
    for (let i = from; i < to; i += 1) drawn.push(row(i));
    replace(rows, drawn);
    if (current >= from && current < to) element.setAttribute("aria-activedescendant", `${name}-${current}`);
    else element.removeAttribute("aria-activedescendant");
  }

  return {
    element, draw,
    get total() { return total; },
    get current() { return current; },
    resize(count) {
      total = count;
      space.style.height = `${total * ROW}px`;
      current = Math.min(current, Math.max(0, total - 1));
    },
    select(i) {
      current = Math.max(0, Math.min(total - 1, i));
      const top = current * ROW;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + ROW > element.scrollTop + element.clientHeight) element.scrollTop = top + ROW - element.clientHeight;
      draw();
    },
    leave: () => watch.disconnect(),
  };
}

// The keys of a list with choices: letters only while the list or its card is in use, never while typing.
function listKeys(element, acts) {
  element.addEventListener("keydown", careful((event) => {
    const tag = event.target.tagName;
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT|SUMMARY)$/.test(tag)) return;
    if ((event.key === " " || event.key === "Enter") && /^(BUTTON|A)$/.test(tag)) return; // that element's own key
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }));
}

function keyHelp(pairs) {
  return h(
    "details",
    { class: "sa-keys" },
    h("summary", {}, "Keys you can use"),
    h("p", {}, "They work while the list or the card beside it is in use, not while you type in a box."),
    h("dl", { class: "sa-key-list" }, pairs.map(([key, words]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)))),
  );
}

const plainLetters = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
