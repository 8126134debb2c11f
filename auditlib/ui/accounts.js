// What was read: a card for each account, and a small picture of the years with the same figures as a table.

function accountCards(accounts, onAnswer, onRemove) {
  return accounts.map((one) => {
    const c = one.coverage;
    const careless = button("Forget this account", async () => {
      if (window.confirm(`Forget what was read from this ${one.name} account? The download itself is not touched.`)) await onRemove(one);
    }, "quiet");
    return h(
      "section",
      { class: "sa-panel", "aria-label": `${one.name} ${one.account || ""}` },
      h("h3", { dir: "auto" }, one.name, one.account ? `: ${one.account}` : ""),
      h("dl", { class: "sa-facts-list" },
        one.counts.map(([name, counts]) => h("div", {}, h("dt", {}, name), h("dd", {}, h("ul", { class: "sa-counts" }, counts.map((words) => h("li", {}, words)))))),
        !one.counts.length && h("div", {}, h("dt", {}, "Found"), h("dd", {}, "Nothing that can be read")),
        h("div", {}, h("dt", {}, "Time"), h("dd", {}, one.dates))),
      one.questions.map((asked) => question(asked, (value) => onAnswer(one, asked.id, value))),
      one.warnings.map((words) => h("p", { class: "sa-box warn" }, words)),
      c.failed.length > 0 && lines(c.failed, `Could not be read: ${many(c.failed.length, "file")}`, true),
      c.unknown.length > 0 && lines(c.unknown, `Not known to this program: ${many(c.unknown.length, "file")}`),
      c.ignored.length > 0 && lines(c.ignored, "Left out on purpose, and why"),
      c.read.length > 0 && lines(c.read, "Files that were read"),
      h("p", {}, h("span", { class: "sa-hint" }, `Read ${one.at}. `), careless),
    );
  });
}

// Something the download does not say and the person can: who they are in it, or which number of a date is the day.
function question(asked, onAnswer) {
  const input = asked.options.length > 0
    ? h("select", { class: "sa-select" }, h("option", { value: "" }, "Choose …"), asked.options.map(([value, words]) => h("option", { value }, words)))
    : h("input", { type: "text", class: "sa-input" });
  return h("div", { class: "sa-box" }, field(asked.text, input), button("Use this answer and read again", () => input.value && onAnswer(input.value)));
}

function lines(list, title, open = false) {
  return h(
    "details",
    { open },
    h("summary", {}, title),
    h("ul", { class: "sa-members" }, list.slice(0, 500).map((one) => h("li", {}, h("span", { dir: "auto" }, one.member), one.count ? ` (${one.count.toLocaleString("en-GB")})` : "", one.reason && h("span", { class: "sa-hint" }, `: ${one.reason}`)))),
    list.length > 500 && h("p", { class: "sa-hint" }, `And ${list.length - 500} more.`),
  );
}

const PATTERNS = ["#1b5680", "#d99a2b", "#5f8f5b", "#8a5a8f", "#b3563f", "#4b6b77", "#8f8a3a", "#3f7fb3", "#7a3b2e", "#a8c686", "#c27ba0", "#2f4b3c", "#e0c36a", "#6a5acd", "#9c6b30", "#5ba3a0"];

// Stacked bars, one for each year. Colour is never the only sign: the table below says the same in figures.
function timeline(bars, undated) {
  if (!bars.length) return null;
  const platforms = [...new Set(bars.map((bar) => bar.platform))];
  const first = Math.min(...bars.map((bar) => bar.year));
  const last = Math.max(...bars.map((bar) => bar.year));
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const at = new Map(bars.map((bar) => [`${bar.year}/${bar.platform}`, bar]));
  const sum = (year) => platforms.reduce((total, p) => total + (at.get(`${year}/${p}`)?.items || 0), 0);
  const top = Math.max(...years.map(sum), 1);
  const step = Math.max(26, Math.min(64, 900 / years.length));
  const width = Math.max(320, years.length * step + 20);
  const height = 190;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height + 30}`, role: "img", "aria-label": `Your own posts and messages by year, ${first} to ${last}. The table below has the figures.`, class: "sa-timeline", style: `max-width:${width}px` });
  years.forEach((year, i) => {
    let y = height;
    platforms.forEach((p, n) => {
      const count = at.get(`${year}/${p}`)?.items || 0;
      const size = count ? Math.max(2, (count / top) * (height - 22)) : 0;
      y -= size;
      if (size) picture.append(svg("rect", { x: 10 + i * step + 4, y, width: step - 8, height: size, fill: PATTERNS[n % PATTERNS.length], stroke: "#fff", "stroke-width": 1 }));
    });
    picture.append(svg("text", { x: 10 + i * step + step / 2, y: height + 20, "text-anchor": "middle", "font-size": 13, fill: "#1b2a30" }, step < 40 ? `’${String(year).slice(2)}` : year));
    if (sum(year)) picture.append(svg("text", { x: 10 + i * step + step / 2, y: y - 5, "text-anchor": "middle", "font-size": 12, fill: "#4b5b63" }, sum(year).toLocaleString("en-GB")));
  });
  picture.append(svg("line", { x1: 10, x2: width - 10, y1: height, y2: height, stroke: "#71828a" }));
  const legend = h("ul", { class: "sa-legend" }, platforms.map((p, n) => h("li", {}, h("span", { class: "sa-swatch", style: `background:${PATTERNS[n % PATTERNS.length]}`, "aria-hidden": "true" }), p)));
  const table = h(
    "table",
    {},
    h("caption", { class: "sa-hint" }, "What you wrote, by year and platform"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Year"), platforms.map((p) => h("th", { scope: "col" }, p)))),
    h("tbody", {}, years.filter(sum).map((year) => h("tr", {}, h("th", { scope: "row" }, year), platforms.map((p) => h("td", {}, (at.get(`${year}/${p}`)?.items || 0).toLocaleString("en-GB")))))),
  );
  return h(
    "section",
    { "aria-label": "Your years online" },
    h("h3", {}, "Your years online"),
    h("p", { class: "sa-hint" }, "What you wrote yourself, year by year.", undated > 0 && ` ${many(undated, "item")} without a date are not shown.`),
    h("div", { class: "sa-table-wrap", tabindex: "0", role: "group", "aria-label": "Picture of the years" }, picture),
    legend,
    h("details", {}, h("summary", {}, "The same as a table"), h("div", { class: "sa-table-wrap", tabindex: "0", role: "group", "aria-label": "Table of the years" }, table)),
  );
}
