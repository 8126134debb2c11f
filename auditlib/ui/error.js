// Shown when a page could not be made.
export default {
  render: page(async ({ root, link }) => {
    const { sentence } = await link.call("start");
    root.append(
      h("h1", {}, "This page could not be opened"),
      h("p", { class: "sa-box warn" }, sentence),
      h("button", { type: "button", class: "sa-button", on: { click: () => location.reload() } }, "Reload the page"),
    );
  }),
};
