// The parts of the declaration form: who you are, what you say, whether you want to talk.

function personForm(about, put) {
  const fields = new Map();
  const text = (name, label, props, extra) => {
    const input = h("input", { type: "text", class: "sa-input", autocomplete: "off", maxlength: 120, value: about.person[name] || "", ...props });
    input.addEventListener("change", () => put("person", name, input.value));
    const box = field(label, input, extra);
    fields.set(name, box);
    return box;
  };
  const group = choice([["", "Choose"], ...about.groups], about.person.staff_group || "", { change: () => put("person", "staff_group", group.value) });
  const former = h("textarea", { class: "sa-area", rows: 2, value: (about.person.former_names || []).join("\n") });
  former.addEventListener("change", () => put("person", "former_names", former.value));
  fields.set("staff_group", field("Staff group", group));
  fields.set("former_names", field("Former names, one on each line", former, { hint: "Only if you want to. Leave it empty if a name of yours must stay private." }));
  const element = h(
    "section",
    { "aria-label": "About you" },
    h("h2", {}, "About you"),
    h("p", { class: "sa-hint" }, "So that HR can find you in their list. No address, birthday, phone number or e-mail is asked for."),
    h("div", { class: "sa-form" },
      text("full_name", "Full name, as on your contract", { autocomplete: "name" }), text("role", "Job role"),
      text("start_date", "Start date", { type: "date" }), fields.get("staff_group"), fields.get("former_names")),
  );
  return { element, fields };
}

function statementList(about, put) {
  const boxes = new Map();
  const element = h(
    "section",
    { "aria-label": "What you say" },
    h("h2", {}, "What you say"),
    h("p", {}, "Answer each one. “I want to discuss this” is a full answer: it means only that you would like to talk about it. If a statement touches on your beliefs or a dispute, you may want to ask your union first."),
    h("ol", { class: "sa-statements" }, about.statements.map((one) => {
      const error = h("p", { class: "sa-field-error", hidden: true }, "choose an answer.");
      const item = h("li", { class: "sa-panel" },
        h("p", { class: "sa-statement" }, one.wording),
        h("p", { class: "sa-hint" }, `About: ${one.clauses.join("; ")}`),
        error,
        pills(one.wording, one.answers, one.answer, (answer) => {
          one.answer = answer;
          error.hidden = true;
          put("statement", one.id, answer);
        }));
      boxes.set(one.id, error);
      return item;
    })),
  );
  return {
    element,
    // Marks the statements without an answer; true when there are none.
    check() {
      for (const one of about.statements) boxes.get(one.id).hidden = Boolean(one.answer);
      return about.statements.every((one) => one.answer);
    },
  };
}

function scopeWords(scope) {
  return h(
    "section",
    { "aria-label": "What you looked at" },
    h("h2", {}, "What you looked at"),
    scope.none && h("p", {}, "You have said that you have no social media accounts."),
    scope.read.length > 0 && h("p", {}, "With a download: ", h("strong", {}, scope.read.join(", ")), "."),
    scope.said.length > 0 && h("ul", {}, scope.said.map((line) => h("li", {}, line))),
    !scope.none && !scope.read.length && !scope.said.length && h("p", { class: "sa-box warn" }, "Nothing yet. Say in step 1 which platforms you use, or that you have no accounts."),
    h("p", {}, h("a", { href: beside("1-archives.ipynb") }, "Change this in step 1")),
  );
}

function talkForm(about, put) {
  const pick = (label, list, value, act, extra) => {
    const control = choice(list, value, { change: () => act(control.value) });
    return field(label, control, extra);
  };
  const unanswered = ["", "Choose"];
  return h(
    "section",
    { "aria-label": "Contacts, and talking to someone" },
    h("h2", {}, "Contacts, and talking to someone"),
    h("div", { class: "sa-form single" },
      pick("Have you gone through your connections (step 4)?", [unanswered, ...about.checks], about.connections.check || "", (v) => put("connections", "check", v)),
      pick("Is there someone you want to talk to the school about?", [unanswered, ...about.wishes], about.connections.wish || "", (v) => put("connections", "wish", v), { hint: "Never who, and never how many." }),
      pick("Would you like a talk, and with whom?", about.referrals, about.talk.to, (v) => put("referral", "to", v)),
      pick("How the school may reach you", about.contacts, about.talk.contact, (v) => put("referral", "contact", v)),
      pick("Did you need an adjustment, or the paper form?", about.yes_no, about.talk.adjustments, (v) => put("adjustments", "", v), { hint: "Only if you want to say so. No reason is asked." })),
  );
}
