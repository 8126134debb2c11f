// Live progress of something long, with a way to stop it.
function progressPanel(label, onStop) {
  const stage = h("p", { class: "sa-count" });
  const detail = h("p", { class: "sa-hint" });
  const bar = h("progress", { max: "1", "aria-label": "How much is done" });
  const spoken = h("p", { class: "sa-status", role: "status" });
  let last = "";
  const element = h("section", { class: "sa-panel", "aria-label": label, hidden: true }, stage, bar, detail, onStop && button("Stop", onStop), h("p", { class: "sa-hint" }, "Keep this page open until it is finished."), spoken);
  return {
    element,
    show(now) {
      element.hidden = false;
      stage.textContent = now.stage;
      detail.textContent = now.detail || "";
      if (now.share === null || now.share === undefined) bar.removeAttribute("value");
      else bar.value = now.share;
      if (now.stage !== last) spoken.textContent = last = now.stage; // each stage is read out once, not each figure
    },
    hide() {
      element.hidden = true;
      last = "";
    },
  };
}

// Starts the work unless it is under way already, shows its progress in `root`, and resolves when it is over.
function watchJob(link, root, label, type, now) {
  const panel = progressPanel(label);
  root.append(panel.element);
  panel.show(now || { stage: "Starting" });
  return new Promise((resolve, reject) => {
    let silence = null;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => link.bar.show("job", GONE), 12000);
    };
    const over = (act) => {
      clearTimeout(silence);
      link.bar.clear("job");
      panel.element.remove();
      act();
    };
    link.hear("progress", ({ data }) => (panel.show(data), alive()));
    link.hear("done", () => over(resolve));
    link.hear("problem", ({ data }) => over(() => (link.bar.show("problem", data.words), reject(new Told(data.words)))));
    alive();
    if (!now) link.call(type).catch(reject);
  });
}
