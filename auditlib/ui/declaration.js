// Notebook 5.

function documentView(blocks) {
  const out = [];
  let items = null;
  for (const block of blocks) {
    if (block.kind !== "bullet") items = null;
    if (block.kind === "title" || block.kind === "heading") out.push(h(block.kind === "title" ? "h3" : "h4", {}, block.text));
    else if (block.kind === "text") block.text && out.push(h("p", {}, block.text));
    else if (block.kind === "bullet") {
      if (!items) out.push((items = h("ul", {})));
      items.append(h("li", {}, block.text));
    } else {
      out.push(h("div", { class: "sa-table-wrap" }, h("table", {},
        h("thead", {}, h("tr", {}, block.rows[0].map((cell) => h("th", { scope: "col" }, cell)))),
        h("tbody", {}, block.rows.slice(1).map((row) => h("tr", {}, row.map((cell, i) => (i ? h("td", {}, cell) : h("th", { scope: "row", class: "sa-plain-head" }, cell)))))))));
    }
  }
  return out;
}

function previewPanel(link) {
  const body = h("div", { class: "sa-document", "aria-live": "off" });
  const left = h("div", { role: "status" });
  const element = h(
    "section",
    { "aria-label": "What your declaration will say" },
    h("h2", {}, "What your declaration will say"),
    h("p", {}, "This is the whole document, word for word. The numbers at its end are filled in when you sign."),
    left, body,
  );
  return {
    element,
    async refresh() {
      const { missing, blocks } = await link.call("preview");
      replace(left, missing.length > 0 && h("details", { class: "sa-missing" }, h("summary", {}, `It appears here once the form above is complete: ${many(missing.length, "answer")} to go`), h("ul", {}, missing.map((line) => h("li", {}, line)))));
      replace(body, documentView(blocks));
      body.hidden = !blocks.length;
      return missing;
    },
  };
}

function missingList(words, missing) {
  return h("div", { class: "sa-box warn" }, h("p", {}, h("strong", {}, words)), h("ul", {}, missing.map((line) => h("li", {}, line))));
}

function erased(left) {
  return [
    h("h1", { tabindex: "-1" }, "Your work is erased"),
    h("p", { class: "sa-lead" }, "What was read from your downloads, your decisions and your answers are gone from this computer. The signed declaration is still where it was."),
    h("h2", {}, "What this program cannot erase"),
    h("ul", {}, left.map((line) => h("li", {}, line))),
    h("p", {}, "You can close this page now."),
  ];
}

function finished(link, { file, folder }, onErased) {
  const erase = h("div", {});
  erase.append(button("Erase my work from this computer", async () => {
    if (!window.confirm("Erase what was read from your downloads, your decisions and your answers? The signed declaration stays.")) return;
    const { left } = await link.call("wipe");
    onErased(left);
  }));
  return [
    h("h2", {}, "Signed"),
    h("div", { class: "sa-box good" },
      h("p", {}, "Your declaration is the file"),
      h("p", { class: "sa-file" }, h("strong", {}, file)),
      h("p", {}, "in the folder ", h("span", { class: "sa-file" }, folder))),
    h("h3", {}, "What to do with it"),
    h("ol", {},
      h("li", {}, "Open it and read it once more. If something is wrong, change it above and sign again: the newer one counts."),
      h("li", {}, "Give this one file to HR, in the way they have asked for. Nothing is sent by itself."),
      h("li", {}, "Do not change it in a word processor: the signature would no longer fit."),
      h("li", {}, "Keep a copy for yourself."),
      h("li", {}, "Delete the downloads you started from when you no longer need them. They hold everything you posted.")),
    h("h3", {}, "Erase what is kept here"),
    h("p", {}, "This program keeps your posts, decisions and answers in one private file until you erase it. Have you done what is on your to-do list? Then nothing here is needed any more."),
    erase,
  ];
}

export default {
  render: page(async ({ root, link, leaving }) => {
    const about = await link.call("start");
    const saved = h("p", { class: "sa-saved", role: "status" });
    const save = saver(link, "answer", { onState: (left) => (saved.textContent = left ? "Saving…" : "Everything is saved on this computer") });
    const view = previewPanel(link);
    let soon = null;
    leaving.push(save.leave, () => clearTimeout(soon));
    const put = (what, name, value) => {
      save.put({ what, name, value });
      clearTimeout(soon);
      soon = setTimeout(() => save.settled().then(view.refresh).catch(complain), 400);
    };

    const person = personForm(about, put);
    const statements = statementList(about, put);
    const name = h("input", { type: "text", class: "sa-input", autocomplete: "off", maxlength: 120 });
    const nameField = field("Type your full name", name, { hint: "The same as above. A typed name is a full signature." });
    const tick = h("input", { type: "checkbox" });
    const tickField = field(about.tick, tick, { inline: true });
    const code = h("input", { type: "text", class: "sa-input", autocomplete: "off", spellcheck: "false", maxlength: 40 });
    const codeField = field("Invitation code", code, { hint: "17 letters and digits, given to you by the school. Capitals and hyphens do not matter." });
    codeField.hidden = !about.invited;
    const pad = signaturePad(() => {});
    const trouble = h("div", { role: "alert" });
    const result = h("section", { "aria-label": "Your signed declaration", tabindex: "-1" });

    function check() {
      const at = Object.fromEntries([...person.fields].map(([key, box]) => [key, box.control.value.trim()]));
      const words = { full_name: "type your full name, as on your contract.", role: "say what your job is.", start_date: "give the day you start.", staff_group: "choose one." };
      for (const [key, line] of Object.entries(words)) person.fields.get(key).setError(at[key] ? "" : line);
      nameField.setError(name.value.trim() ? "" : "type your name to sign.");
      tickField.setError(tick.checked ? "" : "tick this if you mean your name as your signature.");
      if (about.invited) codeField.setError(code.value.trim() ? "" : "type the code that came with the invitation.");
      statements.check();
      return root.querySelector(".sa-field-error:not([hidden])");
    }
    async function sign() {
      await save.settled();
      const first = check();
      const missing = await view.refresh();
      if (first || missing.length) {
        const also = [!name.value.trim() && "your name, typed as your signature", !tick.checked && "the tick below your name", about.invited && !code.value.trim() && "your invitation code"].filter(Boolean);
        replace(trouble, missingList("Before you can sign, please complete:", [...missing, ...also]));
        (first?.parentElement.querySelector("input, select, textarea") || trouble).focus();
        return;
      }
      try {
        const done = await link.call("sign", { name: name.value, tick: tick.checked, code: code.value, strokes: pad.strokes() }, { quiet: true, patience: 30000 });
        replace(trouble);
        replace(result, finished(link, done, (left) => {
          replace(root, erased(left)); // nothing is left that the rest of the page could be about
          root.querySelector("h1").focus();
        }));
        result.focus();
        result.scrollIntoView({ block: "start" });
      } catch (problem) {
        if (!(problem instanceof Told)) throw problem;
        replace(trouble, problem.missing?.length ? missingList("Before you can sign, please complete:", problem.missing) : h("p", { class: "sa-box warn" }, problem.message));
      }
    }

    add(root, [
      h("header", { class: "sa-head" },
        h("h1", {}, "Your declaration"),
        h("p", { class: "sa-lead" }, `One document for ${about.school}. It holds your answers and nothing you posted. You see all of it here before you sign, and nothing is sent: you hand it in yourself.`)),
      privacyNotice(about.notice, 2), saved,
      person.element, scopeWords(about.scope), statements.element, talkForm(about, put), view.element,
      h("section", { "aria-label": "Sign" },
        h("h2", {}, "Sign"),
        h("p", { class: "sa-statement" }, about.truth),
        nameField, codeField,
        h("details", {}, h("summary", {}, "Draw a signature as well (you do not have to)"), pad.element),
        tickField, trouble,
        h("button", { type: "button", class: "sa-button primary sa-sign", on: { click: sign } }, "Sign the declaration"),
        h("p", { class: "sa-hint" }, "Would you rather sign on paper? Print the document, or ask HR for the paper form. That counts the same.")),
      result,
    ]);
    await view.refresh();
  }),
};
