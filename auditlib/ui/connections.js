// Notebook 4: one list of people. All of them are held here, so searching and filtering need no waiting.

const MARK_KEYS = { p: "pupil", f: "former-pupil", a: "parent", c: "colleague", m: "friend", n: "none", d: "unknown" };
const KEY_OF = Object.fromEntries(Object.entries(MARK_KEYS).map(([key, mark]) => [mark, key.toUpperCase()]));

async function everyone(link, total, onSome) {
  const people = [];
  while (people.length < total) {
    const page = await link.call("people", { start: people.length, count: 500 });
    if (!page.people.length) break;
    people.push(...page.people);
    onSome(people.length);
  }
  for (const one of people) one.plain = plainLetters([one.name, ...one.handles].join(" "));
  return people;
}

function personCard(about, onMark, onUndo) {
  const body = h("div", {});
  const advice = h("div", { class: "sa-advice" });
  const buttons = new Map();
  const choices = h("div", { class: "sa-choices", role: "group", "aria-label": "Who this is" });
  for (const [mark, words] of about.marks) {
    const b = h("button", { type: "button", class: "sa-choice", "aria-pressed": "false", on: { click: () => onMark(mark) } }, words, h("kbd", {}, KEY_OF[mark]));
    buttons.set(mark, b);
    choices.append(b);
  }
  choices.append(h("button", { type: "button", class: "sa-choice undo", on: { click: onUndo } }, "Undo the last", h("kbd", {}, "Z")));
  const element = h("section", { class: "sa-card", "aria-label": "The person in front of you" }, body, choices, advice);
  return {
    element,
    draw(one) {
      choices.hidden = !one;
      if (!one) return replace(advice), replace(body, h("p", { class: "sa-quiet" }, "No one is in this list."));
      replace(
        body,
        h("h3", { class: "sa-card-title", dir: "auto" }, one.name),
        h("dl", { class: "sa-facts" },
          h("div", {}, h("dt", {}, "On"), h("dd", {}, one.platforms.join(", "))),
          h("div", {}, h("dt", {}, "How you are linked"), h("dd", {}, one.relations.join(", "))),
          one.handles.length > 0 && h("div", {}, h("dt", {}, "User name"), h("dd", { dir: "auto" }, one.handles.join(", "))),
          one.since && h("div", {}, h("dt", {}, "Since"), h("dd", {}, one.since))),
        one.suggestion && h("p", { class: "sa-box" }, h("strong", {}, `This person ${one.suggestion}. `), one.evidence.length ? `Because of: ${one.evidence.join("; ")}. ` : "", "This is only a guess. You know better."),
        one.link ? h("p", {}, h("a", { href: one.link, target: "_blank", rel: "noreferrer noopener" }, one.link)) : h("p", { class: "sa-hint" }, one.where, one.address && ` The download gives this address: ${one.address}`),
      );
      for (const [mark, b] of buttons) b.setAttribute("aria-pressed", String(mark === one.mark));
      replace(advice, one.mark && [h("h4", {}, "What to do"), h("ul", {}, about.advice[one.mark].map((line) => h("li", {}, line)))]);
    },
  };
}

export default {
  render: page(async ({ root, link, leaving }) => {
    const about = await link.call("start");
    const words = Object.fromEntries(about.marks);
    const saved = h("p", { class: "sa-saved" });
    const count = h("p", { class: "sa-count" });
    const status = h("p", { class: "sa-status", role: "status", "aria-live": "polite" });
    const say = (line) => (status.textContent = line);
    const values = { search: "", platform: "", relation: "", unmarked: false, suggested: false };
    let people = [];
    let shown = [];
    const told = new Set(); // marks whose advice has been shown before the list moved on

    const list = virtualList({
      label: "People you are linked to",
      drawRow: (i) => ({ top: shown[i].platforms.join(", "), badge: words[shown[i].mark] || (shown[i].suggestion ? "Have a look" : "Not marked"), chosen: Boolean(shown[i].mark), words: shown[i].name }),
      onPick: (i) => select(i),
    });
    const save = saver(link, "mark", {
      onState: (left) => (saved.textContent = left ? "Saving…" : "Everything is saved on this computer"),
      onSaved(data, batch) {
        for (const [key, mark] of data.undone) {
          const one = people.find((other) => other.key === key);
          if (one) one.mark = mark === "family" ? "friend" : mark;
        }
        if (!batch.some((entry) => entry.undo)) return;
        say(data.undone.length ? `Taken back: ${many(data.undone.length, "person", "people")}.` : "There is nothing left to undo.");
        const at = data.undone.length ? shown.findIndex((one) => one.key === data.undone[0][0]) : -1;
        select(at >= 0 ? at : list.current);
        tally();
      },
    });
    const card = personCard(about, (mark) => put(mark), () => save.put({ undo: true }));

    function tally() {
      const marked = people.filter((one) => one.mark).length;
      count.textContent = `${marked.toLocaleString("en-GB")} of ${people.length.toLocaleString("en-GB")} people marked`;
      const rest = shown.filter((one) => !one.mark).length;
      bulk.disabled = !rest;
      bulk.textContent = rest ? `Mark the other ${rest.toLocaleString("en-GB")} in this list as “None of these”` : "Everyone in this list is marked";
    }
    function select(i) {
      list.select(i);
      card.draw(shown[list.current]);
    }
    function put(mark) {
      const one = shown[list.current];
      if (!one) return;
      one.mark = mark;
      save.put({ keys: [one.key], mark });
      say(`${one.name}: ${words[mark]}.`);
      if (["pupil", "former-pupil", "parent"].includes(mark) && !told.has(mark)) {
        told.add(mark);
        select(list.current);
        say(`${one.name}: ${words[mark]}. Please read what to do, then press the down arrow.`);
      } else next();
      tally();
    }
    function next() {
      const after = shown.findIndex((one, i) => i > list.current && !one.mark);
      select(after >= 0 ? after : list.current + 1);
    }
    const bulk = button("", () => {
      const rest = shown.filter((one) => !one.mark);
      for (const one of rest) one.mark = "none";
      save.put({ keys: rest.map((one) => one.key), mark: "none" });
      say(`${many(rest.length, "person", "people")} marked “None of these”. Press Z in the list, or use Undo, to take it back.`);
      select(list.current);
      tally();
    });

    function sift() {
      const parts = plainLetters(values.search).split(/\s+/).filter(Boolean);
      shown = people.filter((one) =>
        parts.every((part) => one.plain.includes(part)) && (!values.platform || one.platforms.includes(values.platform)) &&
        (!values.relation || one.relations.includes(values.relation)) && (!values.unmarked || !one.mark) && (!values.suggested || one.suggestion));
      list.resize(shown.length);
      select(Math.max(0, shown.findIndex((one) => !one.mark)));
      say(`${many(shown.length, "person", "people")} in this list.`);
      tally();
    }
    function filters() {
      const search = h("input", { type: "search", class: "sa-input", autocomplete: "off", spellcheck: "false", on: { input: () => ((values.search = search.value), sift()) } });
      const pick = (name, label, options) => {
        const control = choice([["", "All"], ...options.map((one) => [one, one])], "", { change: () => ((values[name] = control.value), sift()) });
        return field(label, control);
      };
      const tick = (name, label) => {
        const box = h("input", { type: "checkbox", on: { change: () => ((values[name] = box.checked), sift()) } });
        return field(label, box, { inline: true });
      };
      const all = (name) => [...new Set(people.flatMap((one) => one[name]))].sort();
      const element = h("div", { class: "sa-filter-grid sa-panel" },
        field("Search by name (press /)", search), pick("platform", "Platform", all("platforms")), pick("relation", "How you are linked", all("relations")),
        tick("unmarked", "Only those not marked"), tick("suggested", "Only those with a guess"));
      return { element, find: () => search.focus() };
    }

    const finish = saver(link, "finish", {});
    leaving.push(save.leave, finish.leave, list.leave);
    const done = h("input", { type: "checkbox", checked: about.answers.check === "done", on: { change: () => finish.put({ check: done.checked ? "done" : "not-done" }) } });

    const loading = h("p", { class: "sa-quiet", role: "status" }, "Loading…");
    add(root, [
      h("header", { class: "sa-head" },
        h("h1", {}, "People you are linked to"),
        h("p", { class: "sa-lead" }, "Friends, followers, requests and people you exchanged messages with. Mark pupils, former pupils, parents and carers, so that you see what to do. These marks stay on this computer. No name and no number goes into the declaration.")),
      loading,
    ]);
    people = await everyone(link, about.total, (n) => (loading.textContent = `Loading: ${n} of ${about.total}`));
    loading.remove();

    if (people.length) {
      const sieve = filters();
      const keys = keyHelp([...about.marks.map(([mark, label]) => [KEY_OF[mark], label.toLowerCase()]), ["Z", "undo"], ["↑ ↓", "move"], ["/", "search"], ["?", "show these keys"]]);
      const work = h("div", { class: "sa-queue" }, list.element, card.element);
      const acts = Object.fromEntries(Object.entries(MARK_KEYS).map(([key, mark]) => [key, () => put(mark)]));
      listKeys(work, {
        ...acts, z: () => save.put({ undo: true }), ArrowDown: () => select(list.current + 1), ArrowUp: () => select(list.current - 1),
        PageDown: () => select(list.current + 5), PageUp: () => select(list.current - 5), Home: () => select(0), End: () => select(shown.length - 1),
        "/": sieve.find, "?": () => (keys.open = !keys.open),
      });
      add(root, [h("h2", {}, "Go through them"), h("div", { class: "sa-bar" }, count, saved), sieve.element, keys, work, status, bulk]);
      sift();
    } else {
      add(root, [about.accounts
        ? h("p", { class: "sa-box" }, "The downloads that were read hold no friends, followers or messages.")
        : h("p", { class: "sa-box" }, "No downloads have been read yet. ", h("a", { href: beside("1-archives.ipynb") }, "Go to step 1 first, "), "or look through your friends and followers on the platform itself.")]);
    }
    add(root, [
      h("h2", {}, "When you have gone through them"),
      pills("Is there someone you want to talk to the school about?", about.wishes, about.answers.wish || "", (wish) => finish.put({ wish }), { hidden: false }),
      h("p", { class: "sa-hint" }, "If you wish to speak to someone, the declaration says only that. It never says about whom."),
      field("I have gone through my connections", done, { inline: true }),
      onward("Continue to 5: declaration", "5-declaration.ipynb"),
    ]);
  }),
};
