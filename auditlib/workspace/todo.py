"""The list of things to remove or limit on the platforms, each with its link or with directions to find it by hand.

The product deletes nothing itself. Menu names are as last seen in November 2026 and change often, so every sentence is
built to be enough without them: the date and the first words.
"""

from __future__ import annotations

import re
from datetime import date

from auditlib.errors import UsageError
from auditlib.workspace.cards import StoredCard, read_card
from auditlib.workspace.store import Store
from auditlib.workspace.views import TodoRow

_WORDS = 90  # characters of the first words
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

# Where each kind of record is found in the platform's own app or site; "" is every other kind.
_WHERE: dict[str, dict[str, str]] = {
    "x": {
        "post": "on X, open your profile, then Posts or Replies",
        "repost": "on X, open your profile, then Posts, and undo the repost",
        "reaction": "on X, open your profile, then Likes",
        "message": "on X, open Messages (Chat) and the conversation",
        "": "on X, open your profile",
    },
    # Facebook's JSON export gives posts, group posts and comments no link: the Activity log is the way to them.
    "facebook": {
        "post": "on Facebook, open your profile, then Activity log, then Your posts, and filter by date",
        "repost": "on Facebook, open your profile, then Activity log, then Your posts, and filter by date",
        "comment": "on Facebook, open your profile, then Activity log, then Comments and reactions, and filter by date",
        "reaction": "on Facebook, open your profile, then Activity log, then Comments and reactions",
        "story": "on Facebook, open your profile, then Archive, then Story archive",
        "message": "in Messenger, open the conversation",
        "": "on Facebook, open your profile, then Activity log, and filter by date",
    },
    "instagram": {
        "post": "on Instagram, open your profile, then Your activity, then Posts or Reels",
        "comment": "on Instagram, open your profile, then Your activity, then Comments",
        "reaction": "on Instagram, open your profile, then Your activity, then Likes",
        "story": "on Instagram, open your profile, then Archive (Stories) or Highlights",
        "message": "on Instagram, open Messages and the conversation",
        "": "on Instagram, open your profile, then Your activity",
    },
    "threads": {
        "post": "on Threads, open your profile, then Threads or Replies",
        "repost": "on Threads, open your profile, then Reposts",
        "": "on Threads, open your profile",
    },
}
_TITLES = {
    "x": "X", "tiktok": "TikTok", "linkedin": "LinkedIn", "youtube": "YouTube", "google-maps": "Google Maps",
    "whatsapp": "WhatsApp", "wordpress": "WordPress",
}  # fmt: skip


def todo(store: Store) -> list[TodoRow]:
    """Return what is to be removed or limited, by platform, then newest first; see `Workspace.todo`."""
    with store.read() as conn:
        rows = conn.execute(
            "SELECT key, choice, done, present, body FROM decision WHERE choice IN ('remove', 'limit')"
        ).fetchall()
    made = [(read_card(row[4]), row) for row in rows]
    made.sort(key=lambda pair: pair[0].key)
    made.sort(key=lambda pair: pair[0].at or "", reverse=True)
    made.sort(key=lambda pair: (pair[0].platform, pair[0].account or ""))
    return [
        TodoRow(
            key=key, platform=card.platform, account=card.account, kind=card.kind, choice=choice, at=card.at,
            audience=card.audience, words=first_words(card.text or card.title or card.quoted or ""), url=card.url,
            directions=directions(card, choice), done=bool(done), present=bool(present),
        )
        for card, (key, choice, done, present, _) in made
    ]  # fmt: skip


def mark_done(store: Store, key: str, done: bool) -> None:
    """Note that a thing on the list is done, or is not after all; see `Workspace.mark_done`."""
    with store.write() as conn:
        changed = conn.execute(
            "UPDATE decision SET done = ? WHERE key = ? AND choice IN ('remove', 'limit')", (done, key)
        ).rowcount
        if not changed:
            raise UsageError("This is not on your to-do list any more: open the page again.")


def first_words(text: str) -> str:
    """Return the start of a text on one line, cut at a word, with "…" when cut."""
    line = " ".join(text.split())
    if len(line) <= _WORDS:
        return line
    start = line[:_WORDS]
    return (start.rsplit(" ", 1)[0] if " " in start else start).rstrip() + "…"


def directions(card: StoredCard, choice: str) -> str:
    """Return two or three sentences that lead to the record by hand: where to look, when it was, what to do."""
    platform = _TITLES.get(card.platform, card.platform.replace("-", " ").capitalize())
    if card.kind == "profile":
        where = f"on {platform}, open your profile, then edit profile"
    elif card.kind == "connection":
        where = f"on {platform}, open your list of friends or followers and find this person"
    elif card.kind == "conversation":
        where = f"on {platform}, open your messages and the conversation"
    else:
        places = _WHERE.get(card.platform, {})
        general = "the conversation" if card.kind == "message" else "your profile or activity"
        where = places.get(card.kind) or places.get("") or f"on {platform}, open {general}"
    if card.kind == "message" and card.conversation_title:
        where += f" “{first_words(card.conversation_title)}”"
    sentences = [where[0].upper() + where[1:] + "."]
    on = _day(card.at)
    if on:
        sentences.append(f"It is from {on.day} {_MONTHS[on.month - 1]} {on.year}.")
        if card.platform == "x" and card.kind == "post" and card.account and re.fullmatch(r"\w{1,15}", card.account):
            until = date.fromordinal(min(on.toordinal() + 2, date.max.toordinal()))
            since = date.fromordinal(max(on.toordinal() - 1, 1))
            sentences.append(f"Or search X for: from:{card.account} since:{since} until:{until}")
    elif card.kind not in ("profile", "connection", "conversation"):
        sentences.append("The export gives no date for it.")
    if choice == "limit":
        sentences.append(
            "X can't change who sees one post: protect the whole account, or remove the post."
            if card.platform == "x"
            else "Then change who can see it."
        )
    return " ".join(sentences)


def _day(at: str | None) -> date | None:
    try:
        return date.fromisoformat(at[:10]) if at else None
    except ValueError:
        return None
