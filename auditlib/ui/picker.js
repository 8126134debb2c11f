// Finds zips and folders on this computer. Files are read where they are: nothing is uploaded or copied.

// `whole`: the folder that is open is what gets used, and the files in it are only shown.
function picker(link, { purpose, label, single = false, whole = false, thing = "the download", example = "my-archive.zip", onUse, useWords }) {
  const chosen = new Map(); // path -> name
  let here = null;
  let rows = new Map();

  const places = h("div", { class: "sa-places", role: "group", "aria-label": "Places to look" });
  const where = h("p", { class: "sa-here" });
  const up = button("Up one folder", () => here.parent && go(here.parent), "quiet");
  const list = h("ul", { class: "sa-files", "aria-label": label });
  const note = h("div", {});
  const status = h("p", { class: "sa-status", role: "status" });
  const paste = h("input", { type: "text", class: "sa-input", autocomplete: "off", spellcheck: "false" });
  const pasteField = field(`Or paste where ${thing} is`, paste, { hint: `For example C:\\Users\\Sam\\Downloads\\${example}` });
  paste.addEventListener("keydown", careful((event) => event.key === "Enter" && find()));
  const use = h("button", { type: "button", class: "sa-button primary", disabled: !whole, on: { click: () => onUse(whole ? [here.path] : [...chosen.keys()]) } }, whole ? "Use this folder" : useWords);
  const element = h("div", { class: "sa-panel sa-picker" }, places, h("div", { class: "sa-bar" }, where, up), note, list, status, pasteField, button("Find it", () => find()), h("p", { class: "sa-use" }, use));

  async function start() {
    if (here) return;
    const data = await link.call("places", { purpose });
    replace(places, data.shortcuts.map((place) => button(place.name, () => go(place.path), "quiet")));
    show(data.listing);
  }

  async function go(path) {
    show(await link.call("folder", { path, purpose }));
    list.querySelector("button, input")?.focus();
  }

  async function find() {
    pasteField.setError("");
    use.disabled = true; // until it is clear what the button stands for
    try {
      const found = await link.call("find", { path: paste.value, purpose }, { quiet: true });
      if (found.listing) return show(found.listing);
      if (whole) throw new Told("That is a file. Paste the folder it is in.");
      toggle(found.path, found.name, true);
      status.textContent = `Found: ${found.name}. It is ticked.`;
      rows.get(found.path)?.tick(true);
    } catch (problem) {
      pasteField.setError(problem.message);
      paste.focus();
    } finally {
      use.disabled = !whole && !chosen.size;
    }
  }

  function toggle(path, name, on) {
    if (single) chosen.clear();
    if (on) chosen.set(path, name);
    else chosen.delete(path);
    use.disabled = !chosen.size;
    use.textContent = single || !chosen.size ? useWords : `${useWords} (${chosen.size})`;
  }

  function show(listing) {
    here = listing;
    rows = new Map();
    replace(where, h("strong", {}, listing.name), h("span", { class: "sa-hint" }, ` ${listing.path}`));
    up.disabled = !listing.parent;
    if (whole) use.textContent = `Use this folder: ${listing.name}`;
    replace(note, listing.synced && h("p", { class: "sa-box warn" }, `This folder is copied to ${listing.synced}. What is read stays on this computer, but the download itself is in that service too. A folder that is not synced is better.`));
    const everything = row({ path: listing.path, name: "Everything in this folder", folder: false, size: "" });
    everything.hidden = true;
    replace(list, everything, listing.entries.length ? listing.entries.map(row) : h("li", { class: "sa-quiet" }, "No folders and nothing to choose in here."));
    if (listing.more) list.append(h("li", { class: "sa-hint" }, `And ${listing.more} more. Paste the exact place below to reach one of them.`));
    status.textContent = "";
  }

  function row(entry) {
    const about = h("span", { class: "sa-found" });
    const box = h("input", { type: single ? "radio" : "checkbox", name: "sa-pick-" + purpose, id: unique("pick"), checked: chosen.has(entry.path), on: { change: () => toggle(entry.path, entry.name, box.checked) } });
    const words = h("label", { for: box.id }, h("span", { class: "sa-file-name", dir: "auto" }, entry.name), entry.size && h("span", { class: "sa-hint" }, ` ${entry.size}`));
    const pick = whole ? h("p", { class: "sa-file-name", dir: "auto", hidden: entry.folder }, entry.name) : h("div", { class: "sa-field inline", hidden: entry.folder }, box, words);
    rows.set(entry.path, {
      tick: (on) => (box.checked = on),
      found(list) {
        if (list.length) pick.hidden = line.hidden = false;
        const names = [...new Set(list.map((one) => one.title))];
        replace(about, list.length > 3
          ? h("span", { class: "sa-known" }, `${list.length} downloads: ${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more platforms` : ""}`)
          : list.map((one) => h("span", { class: "sa-known" }, one.title, one.note && `: ${one.note}`)));
        if (!list.length && !entry.folder) replace(about, h("span", { class: "sa-hint" }, "Not a download this program knows"));
      },
    });
    const line = h("li", {}, entry.folder && h("button", { type: "button", class: "sa-folder", on: { click: () => go(entry.path) } }, h("span", { "aria-hidden": "true" }, "📁 "), `Open ${entry.name}`), pick, about);
    return line;
  }

  link.hear("recognised", (message) => message.purpose === purpose && rows.get(message.path)?.found(message.found));
  return { element, start, clear: () => (chosen.clear(), toggle("", "", false), here && show(here)) };
}
