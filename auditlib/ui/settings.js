// Notebook 3: what to reach first, then the setting, then where it is.

function settingRow(row, platform, answers, onAnswer) {
  const why = h("input", { type: "text", class: "sa-input", autocomplete: "off", maxlength: 500, value: row.reason });
  const whyField = field("Why, for your own notes (kept on this computer only)", why);
  whyField.hidden = row.answer !== "leave";
  why.addEventListener("change", careful(() => onAnswer(row, "leave", (row.reason = why.value))));
  const given = pills(`Your answer on ${platform}: ${row.label}`, answers, row.answer, (answer) => {
    row.answer = answer;
    whyField.hidden = answer !== "leave";
    onAnswer(row, answer, row.reason);
  });
  return h(
    "section",
    { class: "sa-panel sa-setting", "aria-label": `${platform}: ${row.label}` },
    h("h3", {}, row.goal),
    h("p", { class: "sa-priority" }, row.priority),
    h("dl", { class: "sa-facts-list" },
      h("div", {}, h("dt", {}, "Setting"), h("dd", {}, h("strong", {}, row.label))),
      h("div", {}, h("dt", {}, "Set it to"), h("dd", {}, h("strong", {}, row.recommended))),
      h("div", {}, h("dt", {}, "Where"), h("dd", {}, row.path)),
      row.url && h("div", {}, h("dt", {}, "Page"), h("dd", {}, h("a", { href: row.url, target: "_blank", rel: "noreferrer noopener" }, row.url))),
      row.help && h("div", {}, h("dt", {}, "Help"), h("dd", {}, h("a", { href: row.help, target: "_blank", rel: "noreferrer noopener" }, row.help)))),
    row.says && h("p", { class: row.fits === false ? "sa-box warn" : "sa-box" }, row.says, row.fits === true && " That is as advised.", row.fits === false && " That is not as advised: please look."),
    row.own_words && h("p", { class: "sa-hint" }, `In the download’s own words: ${row.own_words}`),
    h("p", { class: "sa-hint" }, row.past, row.past && " ", row.caution, row.caution && " ", `If you cannot find it, search the app's settings for “${row.keyword}”.`),
    given, whyField,
  );
}

export default {
  render: page(async ({ root, link, leaving }) => {
    const about = await link.call("start");
    const saved = h("p", { class: "sa-saved", role: "status" });
    const save = saver(link, "answer", { onState: (left) => (saved.textContent = left ? "Saving…" : "Everything is saved on this computer") });
    leaving.push(save.leave);
    const settledAnswer = (row) => row.answer && row.answer !== "later";

    function group({ name, note, rows, also }, index) {
      const count = h("span", { class: "sa-group-count" });
      const tally = () => (count.textContent = rows.length ? `${rows.filter(settledAnswer).length} of ${rows.length} answered` : "");
      tally();
      return h(
        "details",
        { class: "sa-group", open: index === 0 },
        h("summary", {}, h("span", { class: "sa-group-name" }, name), " ", count),
        h("h2", { class: "sa-unseen" }, name),
        note && h("p", {}, note),
        rows.map((row) => settingRow(row, name, about.answers, (changed, answer, reason) => {
          save.put({ row: changed.id, answer, reason });
          tally();
        })),
        also.length > 0 && h("section", { "aria-label": `${name}: also in your download` },
          h("h3", {}, "Also in your download"),
          h("p", { class: "sa-hint" }, "Settings that the list above does not ask about, in the platform’s own words. There is nothing to answer here."),
          h("ul", {}, also.map((line) => h("li", {}, line)))),
      );
    }
    add(root, [
      h("header", { class: "sa-head" },
        h("h1", {}, "Who can see you"),
        h("p", { class: "sa-lead" }, "A checklist for the platforms you use. You change the settings yourself, in the app or on the website. Answer each line here, so that you know where you are. Your answers stay on this computer: the declaration says only complete, partly or not done.")),
      about.empty && h("p", { class: "sa-box" }, "No platform has been read or named yet, so this shows what holds everywhere. ", h("a", { href: beside("1-archives.ipynb") }, "Step 1 is where you name them.")),
      saved,
      about.groups.map(group),
      h("h2", {}, "Places people forget"),
      h("ul", { class: "sa-columns" }, about.others.map((line) => h("li", {}, line))),
      h("h2", {}, "What settings cannot do"),
      h("ul", {}, about.limits.map((line) => h("li", {}, line))),
      onward("Continue to 4: connections", "4-connections.ipynb"),
    ]);
  }),
};
