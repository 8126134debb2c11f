"""Mastodon: the archive of one account on one server, and the CSV files from the same page of its settings.

The archive holds posts, boosts, favourites and the profile; whom the person follows, blocks and mutes is in the CSV files only;
followers are in neither. Sources: mastodon/mastodon `app/services/backup_service.rb`, `app/models/export.rb` and
`app/serializers/activitypub/`. 2023-09 (4.2): a zip instead of a tar.gz, with the same files in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from auditlib.dates import from_utc
from auditlib.platforms._mastodon_csv import ADDRESSES, BLOCKED, BOOKMARKS, DOMAINS, FOLLOWED, LISTS, MUTED, STEM, table_of
from auditlib.platforms._mastodon_posts import activities
from auditlib.platforms._mastodon_reader import NAME as NAME
from auditlib.platforms._mastodon_reader import Activity, Reader, address_of, web
from auditlib.reading import Asking, Each, Ignored, Rows, Whole
from auditlib.records import Item, ProfileFact, Quoted, Record, Setting
from auditlib.text import digest

TITLE = "Mastodon"
# A CSV file is no mark of a whole folder: in a folder of downloads it is told by SNIFF, and only itself belongs here.
MARKERS: tuple[re.Pattern[str], ...] = ()
TOGETHER = ("outbox.json", "actor.json")
SITES: tuple[str, ...] = ("@",)
FIND = "On your Mastodon server, open your profile and scroll to {day}."
NOT_HELD = ("stories", "comments", "reviews", "friends", "followers", "requests", "address-book")
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Preferences > Import and export, on your own server",
    steps=(
        "Choose Request your archive, and come back to the page when it is ready to download.",
        "On the same page download each CSV file: follows, lists, mutes, blocks, domain blocks.",
        "Give the archive and the CSV files together.",
    ),
    choose="There is nothing to choose. Your followers are in none of these files: look at them on the site.",
    wait="You can ask once a week.",
)


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a loose file is an outbox or one of the CSV files."""
    if name.lower().endswith(".csv"):
        return table_of(head, name, strict=True) is not None
    return "outbox" in name.lower() and bool(_OUTBOX.match(head)) and b'"OrderedCollection"' in head


_OUTBOX = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\{")
_ACTOR_SETTINGS = (
    ("discoverable", "feature-profile-and-posts-in-discovery-algorithms"),
    ("indexable", "include-public-posts-in-search-results"),
    ("showFeatured", "show-featured-tab"),
    ("showMedia", "show-media-tab"),
    ("showRepliesInMedia", "show-replies-in-media-tab"),
)


def actor(document: Any, a: Reader) -> Iterable[Record]:
    """The profile, with the few settings that stand in it: follow requests, discovery, search."""
    facts: list[tuple[Any, str]] = [
        ("handle", a.account or ""),
        ("name", a.name or ""),
        ("bio", a.plain(document.get("summary"))),
    ]
    for one in document.get("attachment") or ():  # the rows of a profile's table: Website, Pronouns, Works at
        if isinstance(one, dict) and one.get("type") == "PropertyValue":
            value, name = a.plain(one.get("value")), str(one.get("name") or "")
            links = a.links(one.get("value"))
            facts += [("website", link) for link in links]
            if not links or value not in links:
                facts.append(("bio", f"{name}: {value}"))
    facts += [("handle", a.who(other) or other) for other in a.others]
    for fact, value in facts:
        if value:
            yield from a.once(
                ProfileFact(
                    platform=NAME,
                    account=a.account,
                    where=a.where,
                    key=f"{a.prefix}profile:{fact}:{digest(value)}",
                    fact=fact,
                    value=value,
                )
            )
    approves = document.get("manuallyApprovesFollowers")
    if approves is not None:
        value = {True: "off", False: "on"}.get(approves, "unknown")
        yield _setting(a, "automatically-accept-new-followers", value, f"manuallyApprovesFollowers: {_word(approves)}")
    for field, slug in _ACTOR_SETTINGS:
        if field in document:
            held = document[field]
            value = {True: "on", False: "off"}.get(held, "unknown") if isinstance(held, bool) else "unknown"
            yield _setting(a, slug, value, f"{field}: {_word(held)}")
    policy = document.get("interactionPolicy")
    for field, slug in (("canFeature", "who-can-feature-you"), ("canQuote", "who-can-quote-you")):
        if isinstance(policy, dict) and isinstance(rule := policy.get(field), dict):
            who = [str(x) for x in rule.get("automaticApproval") or () if isinstance(x, str)]
            yield _setting(a, slug, a.reach(who), f"{field}: {', '.join(who) or 'nobody'}")


def _word(value: Any) -> str:
    """A value as JSON writes it."""
    return (
        {True: "true", False: "false", None: "null"}.get(value, "") if value is None or isinstance(value, bool) else str(value)
    )


def _setting(a: Reader, slug: str, value: Any, raw: str) -> Setting:
    return Setting(platform=NAME, account=a.account, where=a.where, id=f"{NAME}.{slug}", value=value, raw=raw)


def likes(record: Any, a: Reader) -> Iterable[Record]:
    """A favourite: the address of someone else's post, without its words and without a time."""
    address = address_of(record)
    if address is None:
        raise ValueError
    yield from a.once(
        Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="reaction",
            key=f"{a.prefix}like:{digest(address)}",
            id=None,
            at=from_utc(record.get("published")) if isinstance(record, dict) else None,
            author="me",
            author_name=a.name or a.account,
            quoted=Quoted(address, a.who(address), None),
            url=web(address),
        )
    )


FILES: Rows = (
    (r"actor\.json$", Whole(actor)),
    (r"[^/]*outbox[^/]*\.json$", Each(activities, Activity, under=("orderedItems",))),
    (r"likes\.json$", Each(likes, Any, under=("orderedItems",))),
    (r"bookmarks\.json$", Ignored("posts you saved for yourself: not your words")),
    (rf"following_accounts{STEM}$", FOLLOWED),
    (rf"blocked_accounts{STEM}$", BLOCKED),
    (rf"muted_accounts{STEM}$", MUTED),
    (rf"lists{STEM}$", LISTS),
    (rf"blocked_domains{STEM}$", DOMAINS),
    (rf"bookmarks{STEM}$", BOOKMARKS),
    (rf"[^/]*accounts[^/]*{STEM}$", ADDRESSES),
)
