// HR's page: a folder in, a table out. Nothing about a person is coloured or scored.

const HEADS = ["Name", "Role", "Starts", "Outcome", "Signed", "Received", "Verified", "Wants to talk", "Notes"];

function table(caption, rows) {
  return h(
    "div",
    { class: "sa-table-wrap", tabindex: "0", role: "group", "aria-label": caption },
    h("table", {},
      h("caption", { class: "sa-unseen" }, caption),
      h("thead", {}, h("tr", {}, HEADS.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) =>
        h("tr", {},
          h("th", { scope: "row", dir: "auto" }, row.name),
          [row.role, row.start, row.status, row.signed, row.received, row.verified ? "Yes" : "No", row.discuss ? "Yes" : "", row.notes].map((cell) => h("td", { dir: "auto" }, cell)))))),
  );
}

function arrivals(rows) {
  if (!rows.length) return h("p", { class: "sa-box" }, "There are no files in that folder that could be declarations.");
  const count = new Map();
  for (const row of rows) count.set(row.arrival, (count.get(row.arrival) || 0) + 1);
  const unsure = rows.filter((row) => row.problem);
  return [
    h("h2", { tabindex: "-1", class: "sa-arrived" }, "What was in the folder"),
    h("ul", {}, [...count].map(([words, n]) => h("li", {}, `${words}: ${n}`))),
    unsure.length > 0 && [
      h("h3", {}, "Could not be verified, and what to do"),
      h("p", {}, "This says something about the file, not about the person. Often it was opened and saved again on its way."),
      h("ul", { class: "sa-unsure" }, unsure.map((row) => h("li", {}, h("strong", { dir: "auto" }, row.file), h("br"), row.problem))),
    ],
  ];
}

export default {
  render: page(async ({ root, link }) => {
    const data = await link.call("start");
    const arrived = h("section", { "aria-label": "What was in the folder" });
    const whole = h("section", { "aria-label": "The register" });
    const by = h("input", { type: "text", class: "sa-input", autocomplete: "off", maxlength: 80 });
    const saved = h("p", { role: "status" });

    async function save(kind) {
      const done = await link.call("save", { kind }, { patience: 60000 });
      replace(saved, "Saved as ", h("strong", {}, done.file), " in ", h("span", { class: "sa-file" }, done.folder));
    }
    function draw(now) {
      replace(whole,
        h("h2", {}, "The register"),
        now.register.length
          ? [table("Register of declarations", now.register), h("div", {}, button("Save as a spreadsheet (.xlsx)", () => save("xlsx")), button("Save as .csv", () => save("csv"))), saved,
            h("p", { class: "sa-hint" }, "The saved table has all columns of a single central record tracker. Dates and who, no narrative.")]
          : h("p", { class: "sa-quiet" }, "No declarations have been collected on this computer yet."));
    }
    const finder = picker(link, {
      purpose: "declarations", label: "Folders and declarations", whole: true, thing: "the folder", example: "declarations",
      async onUse([path]) {
        const now = await link.call("collect", { path, by: by.value }, { patience: 600000 });
        replace(arrived, arrivals(now.arrived));
        draw(now);
        (arrived.querySelector(".sa-arrived") || arrived).scrollIntoView({ block: "start" });
        arrived.querySelector(".sa-arrived")?.focus();
      },
    });
    add(root, [
      h("header", { class: "sa-head" },
        h("h1", {}, "Register of declarations"),
        h("p", { class: "sa-lead" }, "Choose the folder where you keep the declarations you have received. Each file is checked strictly and gets one line. Nothing is sent anywhere.")),
      h("div", { class: "sa-box" },
        h("p", {}, "A declaration records that someone did the look back that the policy asks for. It is not an online search or a check of the person, and it must not decide who is hired. Someone who used the paper form, or who wants to discuss something, has done it fully."),
        h("p", {}, "You may not ask anyone for passwords or user names, or to open an account in front of you.")),
      h("h2", {}, "Collect declarations"),
      field("Received by", by, { hint: "Your name or initials, for the register. May stay empty." }),
      h("p", {}, "Give the declarations a folder of their own: everything in it is looked at."),
      finder.element, arrived, whole,
    ]);
    draw(data);
    await finder.start();
  }),
};
