// What this is, what stays here, what the policy says, and which school it is for.

function sections(list, tag) {
  return list.map((part) => [
    h(tag, {}, part.title),
    (part.lines || []).map((line) => h("p", {}, line)),
    part.list && h("ul", {}, part.list.map((line) => h("li", {}, line))),
  ]);
}

// `level` is that of its heading, so that headings stay in order wherever it stands.
function privacyNotice(notice, level) {
  return h("details", {}, h("summary", {}, "Privacy notice (one page)"), h(`h${level}`, {}, "Privacy notice"), sections(notice, `h${level + 1}`));
}

function policySays(policy) {
  return h(
    "details",
    {},
    h("summary", {}, "What the policy says"),
    h("h3", {}, policy.title),
    h("p", { class: "sa-hint" }, "In short words. The policy itself is what counts: ask the school for it if you have not read it."),
    h("dl", { class: "sa-clauses" }, policy.clauses.map((clause) => h("div", {}, h("dt", {}, clause.title), h("dd", {}, clause.asks)))),
    h("h4", {}, "Also in the policy, but not part of this walk-through"),
    h("ul", {}, policy.also.map((line) => h("li", {}, line))),
  );
}

// The school by name, or from an invitation file. `onChange` hears the new texts when the school has changed.
function schoolChoice(link, about, onChange) {
  const now = h("p", { role: "status" });
  const name = h("input", { type: "text", class: "sa-input", autocomplete: "organization", value: about.school.typed });
  const nameField = field("Name of the school", name, { hint: "As it is on your offer letter." });
  const told = (data) => {
    now.textContent = data.invitation
      ? `From your invitation: ${data.name}. The code that came with it is asked for when you sign.`
      : `This walk-through is for: ${data.name}.`;
    nameField.hidden = use.hidden = Boolean(data.invitation);
  };
  const use = button("Use this name", async () => {
    nameField.setError(name.value.trim() ? "" : "type the name of the school.");
    if (!name.value.trim()) return name.focus();
    const data = await link.call("school", { name: name.value });
    told(data.school);
    onChange(data);
  });
  const finder = picker(link, {
    purpose: "invitation", label: "Files", single: true, thing: "the invitation", example: "my-school.invitation.json",
    async onUse([path]) {
      const data = await link.call("invitation", { path });
      told(data.school);
      onChange(data);
    },
    useWords: "Open this invitation",
  });
  const invited = h("details", {}, h("summary", {}, "The school sent me an invitation file"), h("p", {}, "Choose the file here. It stays on this computer."), finder.element);
  invited.addEventListener("toggle", () => invited.open && finder.start().catch(complain));
  told(about.school);
  return h("section", { "aria-label": "Your school" }, h("h2", {}, "Your school"), now, nameField, use, invited);
}
