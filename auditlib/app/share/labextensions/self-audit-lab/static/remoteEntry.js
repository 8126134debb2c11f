// JupyterLab runs nothing on open. This runs our own pages: trusted (signed at start) and marked `selfaudit` in their
// metadata, both. A module-federation container written by hand, so that no build step is needed.
(function () {
  const ID = "self-audit-lab";
  let scope;

  async function shared(name) {
    const versions = scope[name];
    const factory = await versions[Object.keys(versions)[0]].get();
    return factory();
  }

  function config() {
    return JSON.parse(document.getElementById("jupyter-config-data").textContent);
  }

  function link(words, href) {
    const made = document.createElement("a");
    made.href = href;
    made.textContent = words;
    return made;
  }

  function stepsBar(Widget) {
    const { baseUrl, selfAuditSteps } = config();
    const steps = JSON.parse(selfAuditSteps);
    const here = (location.pathname.match(/\/tree\/(.+)\.ipynb$/) || [])[1] || steps[0].name;
    const forHr = here.startsWith("hr/");
    const nav = document.createElement("nav");
    nav.setAttribute("aria-label", forHr ? "For HR" : "Steps");
    const shown = forHr
      ? [link("For HR: register of declarations", `${baseUrl}doc/tree/${here}.ipynb`)]
      : steps.map((step, index) => link(`${index + 1} ${step.label}`, `${baseUrl}doc/tree/${step.name}.ipynb`));
    const current = forHr ? 0 : steps.findIndex((step) => step.name === here);
    shown[current]?.setAttribute("aria-current", forHr ? "page" : "step");
    nav.append(...shown, link("Back to the simple view", `${baseUrl}voila/render/${here}.ipynb`));
    const bar = new Widget({ node: document.createElement("div") });
    bar.id = "self-audit-bar";
    bar.node.append(nav);
    return bar;
  }

  // Hidden as JupyterLab hides them itself, so that the page gets their room; a style sheet alone leaves gaps.
  const FRAME = ["jp-top-panel", "jp-top-bar", "jp-menu-panel", "jp-title-panel-title", "jp-bottom-panel"];
  function hideFrame(shell) {
    for (const part of shell.children()) if (FRAME.includes(part.id)) part.hide();
    for (const side of ["left", "right"])
      if (shell.isSideTabBarVisible(side)) shell.toggleSideTabBarVisibility(side);
  }

  function endKernels(kernels) {
    const { baseUrl } = config();
    const xsrf = (document.cookie.match(/(?:^|; )_xsrf=([^;]*)/) || [])[1] || "";
    for (const id of kernels)
      fetch(`${baseUrl}leave/${id}`, { method: "POST", keepalive: true, headers: { "X-XSRFToken": xsrf } });
  }

  function activate(app, tracker, Widget, NotebookActions) {
    app.shell.add(stepsBar(Widget), "header");
    app.restored.then(() => hideFrame(app.shell));
    tracker.widgetAdded.connect(async (_tracker, panel) => {
      panel.toolbar.hide();
      await panel.context.ready;
      await panel.sessionContext.ready;
      const model = panel.context.model;
      if (!(model.getMetadata("selfaudit") || {}).autorun) return;
      const cells = Array.from(panel.content.model.cells);
      if (!cells.every((cell) => cell.type !== "code" || cell.trusted)) return;
      // Outputs are never saved into a page, so a page never has anything unsaved to warn about.
      const calm = () => { if (model.dirty) model.dirty = false; };
      model.stateChanged.connect(calm);
      await NotebookActions.runAll(panel.content, panel.sessionContext);
      calm();
    });
    window.addEventListener("pagehide", () => {
      const ids = [];
      tracker.forEach((panel) => { const k = panel.sessionContext.session?.kernel; if (k) ids.push(k.id); });
      endKernels(ids);
    });
    window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }

  (window._JUPYTERLAB = window._JUPYTERLAB || {})[ID] = {
    init(value) { scope = value; },
    async get() {
      const { INotebookTracker, NotebookActions } = await shared("@jupyterlab/notebook");
      const { Widget } = await shared("@lumino/widgets");
      const plugin = {
        id: `${ID}:plugin`,
        autoStart: true,
        requires: [INotebookTracker],
        activate: (app, tracker) => activate(app, tracker, Widget, NotebookActions),
      };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
