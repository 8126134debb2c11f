// Notebook 1.

function deviceQuestion(link, about) {
  const box = h("input", { type: "checkbox", checked: about.school_device });
  const warning = h("p", { class: "sa-box warn", hidden: !about.school_device }, "A computer that belongs to the school may be backed up, watched or copied, and then the school could hold your posts. Your own computer is better. If you have none, ask HR for the paper form: it counts the same.");
  box.addEventListener("change", careful(() => {
    warning.hidden = !box.checked;
    return link.call("device", { school: box.checked });
  }));
  return [field("This computer belongs to the school, or the school manages it", box, { inline: true }), warning,
    about.workspace_synced && h("p", { class: "sa-box warn" }, `The private file this program works in lies in a folder that is copied to ${about.workspace_synced}. Ask whoever set up this computer to move it, or set SELF_AUDIT_HOME to a folder that is not copied.`)];
}

function intro(about) {
  return [
    h("header", { class: "sa-head" },
      h("h1", {}, "Look back over what you have posted"),
      h("p", { class: "sa-lead" }, "Before you start at the school, its social media policy asks you to look through what you have posted, check who can see it, and think about contact with pupils and families. This takes you through it, step by step, at your own pace.")),
    h("div", { class: "sa-two" },
      h("div", { class: "sa-box good" }, h("h2", { class: "sa-small" }, "What stays on this computer"), h("p", {}, "Everything. Your posts, your contacts, what you decide. Nothing is uploaded, and nobody is told that you are here.")),
      h("div", { class: "sa-box" }, h("h2", { class: "sa-small" }, "What you hand in"), h("p", {}, "One signed document that says what you looked at and what you agree to. It never holds a post, or the name of anyone you know. You see all of it before you sign."))),
    h("p", { class: "sa-hint" }, "The rules behind this miss things and pick out harmless things. They read English. You decide about each post, and no one gives you a score. You may also do all of this on paper: ask HR. That counts the same."),
  ];
}

function waysToAsk(one) {
  return h("details", {}, h("summary", {}, one.platform),
    one.where && h("p", {}, one.where),
    h("ol", {}, one.steps.map((step) => h("li", {}, step))),
    one.choose && h("p", {}, h("strong", {}, "Choose: "), one.choose),
    one.wait && h("p", {}, h("strong", {}, "How long it takes: "), one.wait),
    one.lasts && h("p", {}, h("strong", {}, "Fetch it in time: "), one.lasts),
    one.url && h("p", { class: "sa-hint" }, "The address to open: ", h("span", { class: "sa-address" }, one.url)));
}

export default {
  render: page(async ({ root, link, leaving }) => {
    const about = await link.call("start");
    const texts = h("div", {});
    const drawTexts = (data) => replace(texts, privacyNotice(data.notice, 3), policySays(data.policy));
    const save = saver(link, "scope", {});
    const scope = scopeForm(link, save);
    const results = h("section", { "aria-label": "What was read", tabindex: "-1" });
    const ways = h("div", {});
    const progress = progressPanel("Reading your downloads", () => link.call("stop"));
    let beat = null;
    leaving.push(save.leave, () => clearTimeout(beat));

    function alive() {
      clearTimeout(beat);
      beat = setTimeout(() => link.bar.show("job", "The program behind this page has stopped answering. Reload the page. What had been read completely is safe; the rest can be read again."), 12000);
    }
    function draw(data) {
      replace(results, data.accounts.length > 0 && [
        h("h2", {}, "What was read"),
        h("p", {}, "Is one of these not yours? Use “Forget this account”."),
        timeline(data.bars, data.undated),
        data.unplaced.length > 0 && h("details", {}, h("summary", {}, `Files that could not be placed: ${data.unplaced.length}`), h("ul", { class: "sa-members" }, data.unplaced.map(([member, reason]) => h("li", {}, h("span", { dir: "auto" }, member), h("span", { class: "sa-hint" }, reason && `: ${reason}`))))),
        accountCards(data.accounts, (one, id, value) => begin("answer", { id, value, platform: one.platform, account: one.account }), async (one) => draw(await link.call("remove", { platform: one.platform, account: one.account }))),
      ]);
      scope.draw(data.scope);
      drawWays(data);
    }
    async function begin(type, data = {}) {
      await link.call(type, data);
      link.bar.clear("job");
      ways.hidden = true;
      progress.show({ stage: "Starting" });
      progress.element.scrollIntoView({ block: "nearest" });
      alive();
    }
    function over() {
      clearTimeout(beat);
      link.bar.clear("job");
      progress.hide();
      ways.hidden = false;
    }
    link.hear("progress", ({ data }) => (ways.hidden = true, progress.show(data), link.bar.clear("job"), alive()));
    link.hear("done", ({ data }) => {
      over();
      draw(data);
      if (data.cancelled) return link.bar.show("problem", "Stopped. An account that had not been read to its end is as it was before.", { reload: false });
      finder.clear();
      results.focus();
      results.scrollIntoView({ block: "start" });
    });
    link.hear("problem", ({ data }) => (over(), link.bar.show("problem", data.words, { reload: false })));

    const finder = picker(link, { purpose: "archives", label: "Downloads and folders", useWords: "Read what I ticked", onUse: (paths) => begin("read", { paths }) });
    function drawWays(data) {
      const none = h("input", { type: "checkbox", checked: data.scope.none });
      const goOn = h("p", { hidden: !data.scope.none }, "Thank you. It takes about three minutes from here. ", h("a", { href: beside("5-declaration.ipynb") }, "Go straight to the declaration"));
      none.addEventListener("change", careful(async () => {
        await link.call("none", { none: none.checked });
        goOn.hidden = !none.checked;
      }));
      replace(noAccounts, data.accounts.length === 0 && [field("I have no social media accounts at all, and no old ones", none, { inline: true }), goOn]);
    }
    const noAccounts = h("div", {});

    drawTexts(about);
    add(ways, [
      h("p", {}, "Ask each platform for a copy of your data. It usually comes as a zip file. Leave it as it is: there is no need to unpack it."),
      h("details", {}, h("summary", {}, "How to ask for your data"), about.downloads.map(waysToAsk)),
      deviceQuestion(link, about),
      h("h3", {}, "Find them on this computer"),
      finder.element,
      h("p", { class: "sa-hint" }, "Just looking? The sample person is invented, and has accounts on sixteen platforms, from X and Facebook to TikTok and WhatsApp."),
      button("Try with the sample person", () => begin("sample")),
    ]);
    add(root, [
      intro(about), texts,
      schoolChoice(link, about, drawTexts),
      h("h2", {}, "Your downloads"), noAccounts, ways, progress.element, results, scope.element,
      onward("Continue to 2: posts", "2-posts.ipynb"),
    ]);
    draw(about);
    if (about.busy) {
      ways.hidden = true;
      progress.show(about.busy);
      alive();
    }
    await finder.start();
  }),
};
