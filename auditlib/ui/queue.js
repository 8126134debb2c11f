// The review queue: cards fetched in pages, and every decision sent on in order.
// Keys pressed while a page is still on its way wait in `backlog`: none is dropped.

const PAGE = 200;
const CHOICE_WORDS = {
  keep: "Keep", remove: "Remove", limit: "Limit", discuss: "Talk to someone", later: "Later", "not-a-problem": "Not a problem",
};

function reviewQueue(link, { onCard, onCounts, onEnd, onState, say }) {
  const state = { filters: {}, pages: new Map(), asked: new Set(), chosen: new Map(), view: 0 };
  let backlog = [];

  const list = virtualList({
    label: "Posts worth another look",
    drawRow(i) {
      const c = card(i);
      if (!c) return { top: "Loading", badge: "", words: "" };
      const chosen = choiceOf(c);
      return { top: `${c.platform}, ${c.day}`, badge: CHOICE_WORDS[chosen] || "To decide", chosen: Boolean(chosen), words: c.snippet };
    },
    onRange(from, to) {
      for (let start = Math.floor(from / PAGE) * PAGE; start < to; start += PAGE) want(start);
    },
    onPick: (i) => select(i),
  });

  const save = saver(link, "decide", {
    onState,
    onSaved(data, batch) {
      for (const [key, choice] of data.undone) undone(key, choice);
      for (const [key, choice, words] of data.refused) {
        undone(key, choice);
        link.bar.show("refused", words, { reload: false });
      }
      if (batch.some((entry) => entry.undo) && !data.undone.length) say("There is nothing left to undo.");
      onCounts(data.counts);
    },
  });

  const card = (i) => state.pages.get(Math.floor(i / PAGE) * PAGE)?.[i % PAGE];
  const choiceOf = (c) => (state.chosen.has(c.key) ? state.chosen.get(c.key) : c.choice);
  const undecided = (c) => !choiceOf(c) || choiceOf(c) === "later";

  async function open(filters) {
    await save.settled();
    const mine = (state.view += 1);
    backlog = [];
    const view = await link.call("queue", filters);
    if (mine !== state.view) return null;
    Object.assign(state, { filters, pages: new Map(), asked: new Set(), chosen: new Map() });
    list.resize(view.total);
    select(view.first ?? 0);
    return view;
  }

  async function fetchPage(start) {
    if (start < 0 || start >= list.total || state.asked.has(start)) return;
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
    while (backlog.length && card(list.current)) backlog.shift()();
    list.draw();
    show();
  }
  const want = (start) => fetchPage(start).catch(complain);

  function show() {
    onCard(card(list.current), list.current, list.total, choiceOf);
    want(Math.floor(list.current / PAGE) * PAGE + PAGE); // the next page is there before it is needed
  }

  function select(i) {
    list.select(i);
    want(Math.floor(list.current / PAGE) * PAGE);
    show();
  }

  // Does it now, or as soon as the card it is meant for has arrived.
  function act(what) {
    if (!list.total) return;
    if (backlog.length || !card(list.current)) backlog.push(what);
    else what();
  }

  function decide(choice) {
    const c = card(list.current);
    if ((choice === "remove" || choice === "limit") && c.refer) return say("This one stays as it is: please do not change it. Talk to the safeguarding lead first.");
    state.chosen.set(c.key, choice);
    save.put({ key: c.key, choice });
    say(`${CHOICE_WORDS[choice]}.`);
    advance();
  }

  function advance() {
    for (let i = list.current + 1; i < list.total; i += 1) {
      const c = card(i);
      if (!c || undecided(c)) return select(i);
    }
    select(list.current + 1);
    onEnd();
  }

  function undone(key, choice) {
    state.chosen.set(key, choice);
    for (const [start, cards] of state.pages) {
      const at = cards.findIndex((c) => c.key === key);
      if (at >= 0) return select(start + at), say("Taken back.");
    }
    list.draw();
    say("Taken back. That one is in another list: change the filters to see it.");
  }

  return {
    element: list.element, open,
    current: () => card(list.current),
    decide: (choice) => act(() => decide(choice)),
    undo: () => act(() => save.put({ undo: true })),
    move: (by) => act(() => select(list.current + by)),
    first: () => select(0),
    last: () => select(list.total - 1),
    kept(keys) {
      for (const key of keys) state.chosen.set(key, "keep");
      list.draw();
      show();
    },
    advance: () => act(advance),
    settled: save.settled,
    leave() {
      save.leave();
      list.leave();
    },
  };
}
