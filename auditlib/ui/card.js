// The card on the right: one post, why it is worth another look, and the choices, each with its key printed on it.

const CHOICES = [
  ["keep", "Keep", "K", "It stays as it is"],
  ["remove", "Remove", "R", "You will take it down yourself"],
  ["limit", "Limit", "L", "You will change who can see it"],
  ["discuss", "Talk to someone", "T", "You want advice first"],
  ["later", "Later", "Space", "Decide another time"],
  ["not-a-problem", "Not a problem", "N", "It should not have been shown"],
];

function reviewCard({ onChoice, onUndo, onKeepAll, dsl }) {
  const body = h("div", {});
  const place = h("div", {});
  const buttons = new Map();
  const choices = h("div", { class: "sa-choices", role: "group", "aria-label": "Your decision" });
  for (const [choice, words, key, meaning] of CHOICES) {
    const b = h(
      "button",
      { type: "button", class: "sa-choice", "aria-pressed": "false", title: meaning, on: { click: () => onChoice(choice) } },
      words, h("kbd", {}, key),
    );
    buttons.set(choice, b);
    choices.append(b);
  }
  const whyNot = h("p", { class: "sa-hint", hidden: true }, "Remove and Limit are not offered here: something like this is kept as it is and passed on.");
  const undo = h("button", { type: "button", class: "sa-choice undo", on: { click: onUndo } }, "Undo the last", h("kbd", {}, "Z"));
  choices.append(undo);
  const bulk = h("p", { class: "sa-bulk", hidden: true });
  const element = h("section", { class: "sa-card", "aria-label": "The post in front of you" }, body, choices, whyNot, bulk, place);

  function draw(card, index, total, choiceOf) {
    bulk.hidden = true;
    if (!card) {
      replace(place);
      replace(body, h("p", { class: "sa-quiet" }, total ? "Loading…" : "Nothing to show here."));
      choices.hidden = !total;
      return;
    }
    choices.hidden = false;
    replace(body, heading(card, index, total), card.refer && safeguarding(dsl), card.fields.map(words), around(card), reasons(card));
    replace(place, where(card));
    const chosen = choiceOf(card);
    for (const [choice, b] of buttons) {
      b.setAttribute("aria-pressed", String(choice === chosen));
      b.disabled = card.refer && (choice === "remove" || choice === "limit");
    }
    whyNot.hidden = !card.refer;
  }

  function offer(card, found) {
    if (found.count < 2) return; // one is this card itself
    replace(bulk, button(`Keep all ${found.count.toLocaleString("en-GB")} with “${found.word}”`, () => onKeepAll(card), "quiet"), h("span", { class: "sa-hint" }, " Only those with no other reason. You can undo it."));
    bulk.hidden = false;
  }
  return { element, draw, offer };
}

function heading(card, index, total) {
  return [
    h("h3", { class: "sa-card-title" }, `${(index + 1).toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}: ${card.kind} on ${card.platform}`),
    h(
      "dl",
      { class: "sa-facts" },
      h("div", {}, h("dt", {}, "When"), h("dd", {}, card.when)),
      card.audience && h("div", {}, h("dt", {}, "Who could see it"), h("dd", {}, card.audience)),
      card.conversation && h("div", {}, h("dt", {}, "Conversation"), h("dd", {}, card.conversation)),
      card.place && h("div", {}, h("dt", {}, "Place"), h("dd", {}, card.place)),
      card.media > 0 && h("div", {}, h("dt", {}, "With it"), h("dd", {}, many(card.media, "picture or file", "pictures or files"))),
    ),
  ];
}

function safeguarding(dsl) {
  return h(
    "div",
    { class: "sa-box strong" },
    h("p", {}, h("strong", {}, "Please do not delete, forward or copy this.")),
    h("p", {}, `It may be about a child who needs help. Leave it where it is and talk to ${dsl} today. If a child is in danger now, call 999.`),
    h("p", {}, "This is not about blame. Telling someone is the right thing to do, and nothing here is sent to the school."),
  );
}

function words(field) {
  return h(
    "div",
    { class: "sa-words" },
    field.name !== "text" && h("p", { class: "sa-words-label" }, field.label),
    h(
      "p",
      { class: "sa-words-text", dir: "auto" },
      field.pieces.map(([text, numbers]) => (numbers.length ? h("mark", {}, text, h("sup", { class: "sa-mark-number" }, numbers.join(", "))) : text)),
    ),
  );
}

function around(card) {
  return [
    !card.mine && h("p", { class: "sa-hint" }, "Someone else wrote this to you."),
    card.reply_to && h("p", { class: "sa-hint" }, `In answer to ${card.reply_to}.`),
    card.quoted && h("blockquote", { class: "sa-quoted" }, h("p", { dir: "auto" }, card.quoted), card.quoted_author && h("p", { class: "sa-hint" }, `Written by ${card.quoted_author}, shared by you.`)),
  ];
}

function reasons(card) {
  if (!card.reasons.length) return h("p", { class: "sa-hint" }, "No rule picked this one out. You found it by searching.");
  return [
    h("h4", {}, card.reasons.length === 1 ? "Why it is worth another look" : "Why it is worth another look: several reasons"),
    h(
      "ol",
      { class: "sa-reasons" },
      card.reasons.map((r) =>
        h(
          "li",
          {},
          h("p", {}, h("strong", {}, r.title), " ", h("span", { class: `sa-band ${r.band}` }, r.strength)),
          h("p", {}, r.words),
          r.evidence.length > 0 && h("p", { class: "sa-hint" }, `Because of: ${r.evidence.join("; ")}`),
        ),
      ),
    ),
  ];
}

function where(card) {
  return h(
    "div",
    { class: "sa-where" },
    h("h4", {}, "Where it is"),
    card.link
      ? h("p", {}, h("a", { href: card.link, target: "_blank", rel: "noreferrer noopener" }, card.link), h("span", { class: "sa-hint" }, " Opens the platform in a new tab, only if you choose it."))
      : [h("p", {}, card.directions), card.address && h("p", { class: "sa-hint sa-address" }, `The download gives this address, which is not a page of ${card.platform}, so it is shown as text only: ${card.address}`)],
    card.state !== "live" && h("p", { class: "sa-hint" }, "The download says that this is archived, binned or a draft."),
  );
}
