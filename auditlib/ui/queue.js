// The review queue: a virtual list of cards fetched in pages, and every decision sent on in order.
// Keys pressed while a page is still on its way wait in `backlog`: none is dropped.

const ROW = 64; // px, the height of one list row; queue.css holds the same
const PAGE = 200;

function reviewQueue(link, { onCard, onCounts, onEnd, onState, say }) {
  const state = { filters: {}, total: 0, current: 0, pages: new Map(), asked: new Set(), chosen: new Map(), view: 0 };
  let backlog = [];
  const name = unique("queue");

  const rows = h("div", { class: "sa-rows", role: "presentation" });
  const space = h("div", { class: "sa-space", role: "presentation" }, rows);
  const list = h("div", { class: "sa-list", role: "listbox", tabindex: "0", "aria-label": "Posts worth another look" }, space);
  list.addEventListener("scroll", () => requestAnimationFrame(draw));
  const watch = new ResizeObserver(() => draw());
  watch.observe(list);

  const save = saver(link, "decide", {
    onState,
    onSaved(data, batch) {
      for (const [key, choice] of data.undone) undone(key, choice);
      if (batch.some((entry) => entry.undo) && !data.undone.length) say("There is nothing left to undo.");
      onCounts(data.counts);
    },
  });

  const card = (i) => state.pages.get(Math.floor(i / PAGE) * PAGE)?.[i % PAGE];
  const choiceOf = (c) => (state.chosen.has(c.key) ? state.chosen.get(c.key) : c.choice);
  const undecided = (c) => !choiceOf(c) || choiceOf(c) === "later";

  async function open(filters, { stay = false } = {}) {
    await save.settled();
    const mine = (state.view += 1);
    backlog = [];
    const view = await link.call("queue", filters);
    if (mine !== state.view) return;
    Object.assign(state, { filters, total: view.total, pages: new Map(), asked: new Set(), chosen: new Map() });
    state.current = Math.min(stay ? state.current : view.first ?? 0, Math.max(0, view.total - 1));
    space.style.height = `${state.total * ROW}px`;
    select(state.current);
    return view;
  }

  async function fetchPage(start) {
    if (start < 0 || start >= state.total || state.asked.has(start)) return;
    state.asked.add(start);
    const mine = state.view;
    try {
      const page = await link.call("page", { filters: state.filters, start, count: PAGE });
      if (mine !== state.view) return;
      state.pages.set(start, page.cards);
    } catch (problem) {
      if (mine === state.view) state.asked.delete(start);
      throw problem;
    }
    while (backlog.length && card(state.current)) backlog.shift()();
    draw();
    show();
  }
  const want = (start) => fetchPage(start).catch(complain);

  function draw() {
    const from = Math.max(0, Math.floor(list.scrollTop / ROW) - 4);
    const to = Math.min(state.total, from + Math.ceil(list.clientHeight / ROW) + 8);
    for (let p = Math.floor(from / PAGE) * PAGE; p < to + PAGE; p += PAGE) want(p);
    rows.style.transform = `translateY(${from * ROW}px)`;
    const drawn = [];
    for (let i = from; i < to; i += 1) drawn.push(row(i));
    replace(rows, drawn);
    if (state.current >= from && state.current < to) list.setAttribute("aria-activedescendant", `${name}-${state.current}`);
    else list.removeAttribute("aria-activedescendant");
  }

  function row(i) {
    const c = card(i);
    const chosen = c && choiceOf(c);
    return h(
      "div",
      {
        class: i === state.current ? "sa-row current" : "sa-row", role: "option", id: `${name}-${i}`,
        "aria-selected": String(i === state.current), "aria-setsize": state.total, "aria-posinset": i + 1,
        on: { click: () => (select(i), list.focus()) },
      },
      h("span", { class: "sa-row-top" }, c ? `${c.platform}, ${c.when.split(",")[0]}` : "Loading", h("span", { class: chosen ? "sa-chosen yes" : "sa-chosen" }, c ? CHOICE_WORDS[chosen] || "To decide" : "")),
      h("span", { class: "sa-row-words" }, c ? c.snippet : ""),
    );
  }

  function show() {
    onCard(card(state.current), state.current, state.total, (c) => choiceOf(c));
    want(Math.floor(state.current / PAGE) * PAGE + PAGE); // the next page is there before it is needed
  }

  function select(i) {
    state.current = Math.max(0, Math.min(state.total - 1, i));
    const top = state.current * ROW;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
    want(Math.floor(state.current / PAGE) * PAGE);
    draw();
    show();
  }

  // Does it now, or as soon as the card it is meant for has arrived.
  function act(what) {
    if (!state.total) return;
    if (backlog.length || !card(state.current)) backlog.push(what);
    else what();
  }

  function decide(choice) {
    const c = card(state.current);
    if (choice === "remove" && c.refer) return say("This one stays: please do not delete it. Talk to the safeguarding lead first.");
    state.chosen.set(c.key, choice);
    save.put({ key: c.key, choice });
    say(`${CHOICE_WORDS[choice]}.`);
    advance();
  }

  function advance() {
    for (let i = state.current + 1; i < state.total; i += 1) {
      const c = card(i);
      if (!c || undecided(c)) return select(i);
    }
    select(state.current + 1);
    onEnd();
  }

  function undone(key, choice) {
    state.chosen.set(key, choice);
    for (const [start, cards] of state.pages) {
      const at = cards.findIndex((c) => c.key === key);
      if (at >= 0) return select(start + at), say("Taken back.");
    }
    draw();
    say("Taken back. That one is in another list: change the filters to see it.");
  }

  return {
    list, open,
    current: () => card(state.current),
    decide: (choice) => act(() => decide(choice)),
    undo: () => act(() => save.put({ undo: true })),
    move: (by) => act(() => select(state.current + by)),
    first: () => select(0),
    last: () => select(state.total - 1),
    kept(keys) {
      for (const key of keys) state.chosen.set(key, "keep");
      draw();
      show();
    },
    advance: () => act(advance),
    settled: save.settled,
    leave() {
      save.leave();
      watch.disconnect();
    },
  };
}

const CHOICE_WORDS = {
  keep: "Keep", remove: "Remove", limit: "Limit", discuss: "Talk to someone", later: "Later", "not-a-problem": "Not a problem",
};
