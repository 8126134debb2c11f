// Notebook 2: filters, the queue, the card, and the to-do list.

const EMPTY = { clause: "", platform: "", year: "", audience: "", band: "", choice: "", search: "", all_posts: false };

function filterBar(options, onChange) {
  const values = { ...EMPTY };
  const set = (name, value) => ((values[name] = value), onChange({ ...values }).catch(complain));
  const pick = (name, words) => {
    const control = choice([["", "All"], ...options[name]], "", { change: () => set(name, control.value) });
    return field(words, control);
  };
  const search = h("input", { type: "search", class: "sa-input", autocomplete: "off", spellcheck: "false" });
  let wait = null;
  search.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => set("search", search.value), 250);
  });
  const tick = (name, words) => {
    const box = h("input", { type: "checkbox", on: { change: () => set(name, box.checked) } });
    return field(words, box, { inline: true });
  };
  const element = h(
    "details",
    { class: "sa-filters" },
    h("summary", {}, "Search and filter"),
    h(
      "div",
      { class: "sa-filter-grid" },
      field("Search the words (press /)", search),
      pick("clause", "Reason"), pick("platform", "Platform"), pick("year", "Year"), pick("audience", "Who could see it"), pick("band", "How strong"), pick("choice", "Your decision"),
      tick("all_posts", "Also everything nothing was found in"),
    ),
  );
  return {
    element, values,
    find() {
      element.open = true;
      search.focus();
    },
  };
}

const KEYS = [["K", "keep"], ["R", "remove"], ["L", "limit who can see it"], ["T", "talk to someone"], ["Space", "decide later"], ["N", "not a problem"], ["Z", "undo"], ["↑ ↓", "move"], ["/", "search"], ["?", "show these keys"]];

export default {
  render: page(async ({ root, link, leaving }) => {
    let about = await link.call("start");
    while (about.stale || about.busy) {
      await watchJob(link, root, "Looking through your posts", "rescan", about.busy);
      about = await link.call("start");
    }
    const count = h("p", { class: "sa-count" });
    const saved = h("p", { class: "sa-saved" });
    const status = h("p", { class: "sa-status", role: "status", "aria-live": "polite" });
    const end = h("div", { class: "sa-box good", hidden: true });
    const say = (words) => (status.textContent = words);
    const todo = todoList(link);
    const keys = keyHelp(KEYS);
    let asked = null;

    let listed = null;
    let soon = null;
    function counts(now) {
      const doing = `${now.remove}/${now.limit}`;
      if (listed !== null && listed !== doing) {
        clearTimeout(soon);
        soon = setTimeout(() => todo.refresh().catch(complain), 400);
      }
      listed = doing;
      const decided = now.decided - now.later;
      count.textContent = `${decided.toLocaleString("en-GB")} of ${now.cards.toLocaleString("en-GB")} decided${now.later ? `, ${now.later.toLocaleString("en-GB")} for later` : ""}`;
    }
    const card = reviewCard({
      dsl: about.dsl,
      onChoice(choice) {
        queue.decide(choice);
        if (matchMedia("(max-width: 820px)").matches) card.element.scrollIntoView({ block: "start" });
      },
      onUndo: () => queue.undo(),
      async onKeepAll(shown) {
        await queue.settled();
        const done = await link.call("bulk", { key: shown.key });
        queue.kept(done.keys);
        counts(done.counts);
        say(`${many(done.keys.length, "post")} kept. Press Z to take it back.`);
        queue.advance();
      },
    });
    const queue = reviewQueue(link, {
      say,
      onCounts: counts,
      onState: (left) => (saved.textContent = left ? "Saving…" : "Everything is saved on this computer"),
      onCard(shown, index, total, choiceOf) {
        card.draw(shown, index, total, choiceOf);
        clearTimeout(asked);
        if (shown) asked = setTimeout(() => offer(shown).catch(complain), 500);
      },
      onEnd: () => finished().catch(complain),
    });
    async function offer(shown) {
      const found = await link.call("like", { key: shown.key });
      if (queue.current() === shown) card.offer(shown, found);
    }
    async function finished() {
      await queue.settled();
      replace(end, h("p", {}, h("strong", {}, "You have come to the end of this list."), " What you chose to remove or limit is in your to-do list below. You can change any decision at any time."));
      end.hidden = false;
    }
    const filters = filterBar({ ...about.filters, choice: [["undecided", "To decide"], ...Object.entries(CHOICE_WORDS)] }, async (values) => {
      end.hidden = true;
      const view = await queue.open(values);
      if (view) say(view.total ? `${many(view.total, "post")} in this list.` : "Nothing matches. Change the search or the filters.");
    });

    const work = h("div", { class: "sa-queue" }, queue.element, card.element);
    listKeys(work, {
      k: () => queue.decide("keep"), r: () => queue.decide("remove"), l: () => queue.decide("limit"), t: () => queue.decide("discuss"),
      " ": () => queue.decide("later"), n: () => queue.decide("not-a-problem"), z: queue.undo,
      ArrowDown: () => queue.move(1), ArrowUp: () => queue.move(-1), PageDown: () => queue.move(5), PageUp: () => queue.move(-5),
      Home: queue.first, End: queue.last, "/": filters.find, "?": () => (keys.open = !keys.open),
    });
    leaving.push(queue.leave, todo.leave, () => clearTimeout(soon), () => clearTimeout(asked));

    add(root, [
      h("header", { class: "sa-head" },
        h("h1", {}, "Posts worth another look"),
        h("p", { class: "sa-lead" }, "These rules miss things, and they also pick out harmless things. Being listed here does not mean that anything is wrong. You decide about each one. Nothing here leaves this computer, and none of it goes into your declaration.")),
      about.accounts === 0 && h("p", { class: "sa-box" }, "No downloads have been read yet. ", h("a", { href: beside("1-archives.ipynb") }, "Go to step 1 first.")),
      h("h2", {}, "Go through them"),
      h("div", { class: "sa-bar" }, count, saved),
      filters.element, keys, work, status, end, todo.element,
      onward("Continue to 3: privacy settings", "3-settings.ipynb"),
    ]);
    counts(about.counts);
    await queue.open({ ...EMPTY });
    await todo.refresh();
    link.hear("stale", async () => {
      const place = h("div", {});
      work.before(place);
      await watchJob(link, place, "Something has changed since the last look (the school, your start date or the rules)", "rescan");
      place.remove();
      counts((await link.call("start")).counts);
      await queue.open({ ...filters.values });
      say("Everything was looked through again, because the school, your start date or the rules have changed. Your decisions are kept.");
    });
    link.hear("problem", ({ data }) => link.bar.show("problem", data.words, { reload: false }));
    await link.call("fresh");
  }),
};
