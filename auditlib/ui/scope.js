// Which platforms the person has besides those read here: honest about what was not looked at.

function scopeForm(link, save) {
  const element = h("section", { "aria-label": "Your other accounts" });

  function draw(scope) {
    const read = scope.rows.filter((row) => row.read);
    const hide = h("input", { type: "checkbox", checked: scope.hide, on: { change: () => save.put({ hide: hide.checked }) } });
    const common = scope.rows.filter((row) => !row.read);
    const answered = common.filter((row) => row.route);
    const likely = common.filter((row) => !row.route).slice(0, 8);
    const rest = common.filter((row) => !row.route).slice(8);
    replace(
      element,
      h("h2", {}, "Your other accounts"),
      h("p", {}, "The policy is about all your accounts, also old ones and those under another name. Say how you looked at each. “Not looked at yet” is an honest answer. An account under another name is never named in your declaration."),
      read.length > 0 && h("p", { class: "sa-box good" }, "Read here from a download: ", h("strong", {}, read.map((row) => row.name).join(", ")), "."),
      h("div", { class: "sa-scope" }, [...answered, ...likely].map((row) => line(row, scope))),
      rest.length > 0 && h("details", {}, h("summary", {}, "More platforms you may have forgotten"), h("div", { class: "sa-scope" }, rest.map((row) => line(row, scope)))),
      field("In the declaration, say how many platforms, not which ones", hide, { inline: true }),
    );
  }

  function line(row, scope) {
    const why = choice([["", "Choose a reason"], ...scope.reasons], row.reason, { change: () => put() });
    const whyField = field(`Why ${row.name} was not looked at`, why);
    const how = choice([["", "Not answered"], ...scope.routes], row.route, { change: () => put() });
    const put = () => {
      whyField.hidden = how.value !== "not-audited";
      save.put({ platform: row.platform, route: how.value, reason: how.value === "not-audited" ? why.value : "" });
    };
    whyField.hidden = row.route !== "not-audited";
    return h("div", { class: "sa-scope-row" }, field(row.name, how), whyField);
  }
  return { element, draw };
}
