// What is left to do on the platforms themselves: nothing is ever deleted by this program.

function todoList(link) {
  const body = h("div", {});
  const save = saver(link, "done", {});
  const element = h(
    "section",
    { class: "sa-todo", "aria-label": "What to do on the platforms" },
    h("h2", { tabindex: "-1" }, "Your to-do list"),
    h("p", {}, "You take things down yourself, on the platform. This program never does it for you. Tick each one when it is done."),
    h(
      "ul",
      { class: "sa-plain" },
      h("li", {}, h("strong", {}, "Save before you delete. "), "Keep the download you started from until you have signed, in case you want something back."),
      h("li", {}, h("strong", {}, "Is there a dispute, or has someone raised a concern about you? "), "Talk to your union before you delete anything. Deleting can look like hiding."),
      h("li", {}, h("strong", {}, "Go gently. "), "Platforms can lock an account that deletes a great many posts at once. Some each day is fine."),
    ),
    body,
    h("details", {}, h("summary", {}, "If you cannot take something down"),
      h("ul", {},
        h("li", {}, "Someone else posted it: ask them to remove it, or remove your tag."),
        h("li", {}, "You cannot log in any more: use the platform's help for lost or old accounts. Note what you tried."),
        h("li", {}, "It still shows in a search engine: ask the search engine to remove it (the right to erasure)."),
        h("li", {}, "Nothing helps: you can say so in the declaration, and that you want to discuss it."))),
    h("details", {}, h("summary", {}, "Someone to talk to"),
      h("ul", {},
        h("li", {}, "Your own union."),
        h("li", {}, "The Professionals Online Safety Helpline (POSH): free for everyone who works with children. Search for it by name."),
        h("li", {}, "A senior leader at the school. About a child: the designated safeguarding lead, today."))),
  );

  async function refresh() {
    const { groups } = await link.call("todo");
    if (!groups.length) return replace(body, h("p", { class: "sa-quiet" }, "Nothing yet. When you choose Remove or Limit above, it is listed here."));
    replace(body, groups.map(group));
  }

  function group({ platform, rows }) {
    const left = rows.filter((row) => !row.done).length;
    const count = h("p", { class: "sa-hint", role: "status" }, `${left} of ${rows.length} still to do`);
    let open = left;
    return h(
      "section",
      { class: "sa-panel" },
      h("h3", {}, platform),
      count,
      h("ul", { class: "sa-todo-rows" }, rows.map((row) => item(row, (change) => (open += change, (count.textContent = `${open} of ${rows.length} still to do`))))),
    );
  }

  function item(row, counted) {
    const tick = h("input", { type: "checkbox", checked: row.done, id: unique("tick"), on: { change: () => (save.put({ key: row.key, done: tick.checked }), counted(tick.checked ? -1 : 1)) } });
    return h(
      "li",
      {},
      h("div", { class: "sa-field inline" }, tick, h("label", { for: tick.id }, h("strong", {}, row.what), `: ${row.kind}, ${row.when}`, h("span", { class: "sa-todo-words", dir: "auto" }, row.words))),
      row.gone && h("p", { class: "sa-hint" }, "It is no longer in your newest download."),
      row.link ? h("p", {}, h("a", { href: row.link, target: "_blank", rel: "noreferrer noopener" }, row.link)) : h("p", { class: "sa-hint" }, row.directions),
    );
  }
  return { element, refresh, settled: save.settled, leave: save.leave };
}
