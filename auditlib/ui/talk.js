// How a page speaks with Python: one question, one answer. A question without an answer is shown, because a host may
// have put an empty program behind the page without telling anyone (seen in Voila when the kernel ends).

const SILENT = "The program behind this page has not answered. Reload the page: what was confirmed as saved is safe.";
const GONE = "The program behind this page has gone. Reload the page: what was confirmed as saved is safe.";

function talk(model, root) {
  const me = Math.random().toString(36).slice(2, 8);
  const waiting = new Map();
  const heard = new Map();
  const bar = banner(root);
  let number = 0;
  let left = false;

  function receive(message) {
    if (message.type !== "answer") return (heard.get(message.type) || []).forEach((act) => act(message));
    const question = waiting.get(message.id);
    if (!question) return;
    waiting.delete(message.id);
    clearTimeout(question.timer);
    bar.clear("gone");
    if (message.problem === undefined) return question.resolve(message.data);
    const told = new Told(message.problem);
    told.missing = message.missing;
    if (!question.quiet) bar.show("problem", message.problem, { reload: false });
    question.reject(told);
  }
  model.on("msg:custom", receive);

  // One banner at a time about the same thing: "not saved yet" says more.
  function missed(words) {
    if (!bar.has("unsaved")) bar.show("gone", words);
  }

  return {
    me,
    bar,
    savers: [],
    // quiet: the caller shows problems itself. patience: after so many ms without an answer the banner says so.
    call(type, data = {}, { quiet = false, patience = 10000 } = {}) {
      const id = `${me}-${(number += 1)}`;
      return new Promise((resolve, reject) => {
        if (left) return; // the page is being left: nobody waits for an answer any more
        try {
          model.send({ type, id, data });
        } catch {
          if (!quiet) missed(GONE);
          return reject(new Told(GONE));
        }
        const timer = setTimeout(() => missed(SILENT), patience);
        waiting.set(id, { resolve, reject, timer, quiet });
      });
    },
    leave(now) {
      left = now;
    },
    hear(type, act) {
      heard.set(type, [...(heard.get(type) || []), (message) => careful(act)(message)]);
    },
    close() {
      model.off("msg:custom", receive);
      for (const question of waiting.values()) clearTimeout(question.timer);
      bar.close();
    },
  };
}

// One line at the top for everything the person must know now; the newest stays, by name.
function banner(root) {
  const list = h("div", { class: "sa-banners", role: "alert" });
  const shown = new Map();
  root.prepend(list);
  function clear(name) {
    shown.get(name)?.remove();
    shown.delete(name);
  }
  function show(name, words, { reload = true } = {}) {
    clear(name);
    const line = h(
      "div",
      { class: "sa-banner" },
      h("p", {}, words),
      reload && button("Reload the page", () => location.reload()),
      button("Hide this", () => clear(name), "quiet"),
    );
    shown.set(name, line);
    list.append(line);
  }
  const onProblem = (event) => show("page", event.detail);
  document.addEventListener("sa-problem", onProblem);
  return { show, clear, has: (name) => shown.has(name), close: () => document.removeEventListener("sa-problem", onProblem) };
}

// Sends entries in small batches, one batch at a time, so that their order holds; tries again until each is confirmed.
function saver(link, type, { onSaved, onState } = {}) {
  let pending = [];
  let flying = null;
  let seq = 0;
  let idle = [];

  function state() {
    const left = self.unsaved();
    if (onState) onState(left);
    if (!left) idle.splice(0).forEach((act) => act());
  }
  function launch() {
    if (flying || !pending.length) return;
    flying = { batch: pending, seq: (seq += 1) };
    pending = [];
    attempt();
  }
  function unsaved(words) {
    link.bar.clear("gone");
    link.bar.show("unsaved", words);
  }
  function attempt() {
    const now = flying;
    const turn = (now.turn = (now.turn || 0) + 1);
    const late = setTimeout(() => {
      unsaved("Not saved yet: the program behind this page has not confirmed your last choices. It is being tried again. If this stays, reload the page: everything confirmed as saved is safe.");
      if (flying === now) attempt();
    }, 3000);
    const settle = () => clearTimeout(late);
    link.call(type, { view: link.me, seq: now.seq, batch: now.batch }, { quiet: true, patience: 3600000 }).then(
      (data) => {
        settle();
        if (flying !== now) return;
        flying = null;
        link.bar.clear("unsaved");
        if (onSaved) onSaved(data, now.batch);
        state();
        if (pending.length) launch();
      },
      (problem) => {
        settle();
        if (flying !== now || turn !== now.turn) return; // a later attempt is under way
        unsaved(`Not saved yet: ${problem.message} It will be tried again.`);
        setTimeout(() => flying === now && attempt(), 3000);
      },
    );
  }
  const self = {
    unsaved: () => pending.length + (flying ? flying.batch.length : 0),
    put(entry) {
      pending.push(entry); // sent at once, or together with others as soon as the batch before is confirmed
      launch();
      state();
    },
    // Resolves when everything put so far is confirmed.
    settled() {
      launch();
      return new Promise((done) => (pending.length || flying ? idle.push(done) : done()));
    },
    leave() {
      if (!flying) return launch();
      if (!pending.length) return;
      link.call(type, { view: link.me, seq: (seq += 1), batch: pending.splice(0) }, { quiet: true }).catch(() => {});
    },
  };
  link.savers.push(self);
  return self;
}

// A link to another page waits until everything is confirmed (at most three seconds): leaving a page ends its program.
function holdLinks(link) {
  const hold = (event) => {
    const to = event.target.closest?.("a[href]");
    if (!to || to.target || to.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const busy = link.savers.filter((one) => one.unsaved());
    if (!busy.length) return;
    event.preventDefault();
    const patience = new Promise((done) => setTimeout(done, 3000));
    Promise.race([Promise.all(busy.map((one) => one.settled())), patience]).then(() => location.assign(to.href));
  };
  document.addEventListener("click", hold, true);
  return () => document.removeEventListener("click", hold, true);
}

// Wraps a page's own render: root, banner, focus rules, and clearing up.
function page(draw) {
  return ({ model, el }) => {
    const root = h("div", { class: "sa", "data-lm-suppress-shortcuts": "true" }); // JupyterLab's own keys stay out
    el.append(root);
    const link = talk(model, root);
    const leaving = [];
    const send = () => leaving.forEach((act) => act());
    // Voila lets go of its kernel at beforeunload, before anyone else hears of it; "navigate" comes earlier where a
    // browser has it. What is still to be saved goes out then.
    const away = (event) => event.destination.sameDocument || send();
    const leave = () => {
      send();
      link.leave(true);
      setTimeout(() => link.leave(false), 3000); // the person stayed after all
    };
    const release = holdLinks(link);
    window.navigation?.addEventListener("navigate", away);
    window.addEventListener("beforeunload", leave);
    for (const event of ["keydown", "keypress"]) root.addEventListener(event, (e) => e.stopPropagation());
    Promise.resolve(draw({ root, link, leaving })).catch(complain);
    return () => {
      leave();
      release();
      window.navigation?.removeEventListener("navigate", away);
      window.removeEventListener("beforeunload", leave);
      link.close();
    };
  };
}
