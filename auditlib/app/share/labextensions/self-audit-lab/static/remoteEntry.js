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

  function stepsBar(Widget) {
    const { baseUrl, selfAuditSteps } = config();
    const nav = document.createElement("nav");
    nav.setAttribute("aria-label", "Steps");
    JSON.parse(selfAuditSteps).forEach((step, index) => {
      const link = document.createElement("a");
      link.href = `${baseUrl}doc/tree/${step.name}.ipynb`;
      link.textContent = `${index + 1} ${step.label}`;
      if (location.pathname.endsWith(`/${step.name}.ipynb`)) link.setAttribute("aria-current", "step");
      nav.append(link);
    });
    const back = document.createElement("a");
    const here = location.pathname.match(/\/tree\/(.+\.ipynb)$/);
    back.href = `${baseUrl}voila/render/${here ? here[1] : JSON.parse(selfAuditSteps)[0].name + ".ipynb"}`;
    back.textContent = "Back to the simple view";
    nav.append(back);
    const bar = new Widget({ node: document.createElement("div") });
    bar.id = "self-audit-bar";
    bar.node.append(nav);
    return bar;
  }

  function endKernels(kernels) {
    const { baseUrl } = config();
    const xsrf = (document.cookie.match(/(?:^|; )_xsrf=([^;]*)/) || [])[1] || "";
    for (const id of kernels)
      fetch(`${baseUrl}leave/${id}`, { method: "POST", keepalive: true, headers: { "X-XSRFToken": xsrf } });
  }

  function activate(app, tracker, Widget, NotebookActions) {
    app.shell.add(stepsBar(Widget), "header");
    tracker.widgetAdded.connect(async (_tracker, panel) => {
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
