"""Instagram: the export, in JSON or as web pages. The Threads folder inside it belongs to threads.py.

Eras: A until early 2021, flat files of maps and ISO dates (media.json, connections.json); B 2021-22, string lists and maps;
C 2022-23, numbered files; D 2024-25, your_instagram_activity/content/; E 2025-26, your_instagram_activity/media/ and ever more
labelled values. D and E overlap, regions differ at the same date: rows match on path tails and accept every form at all times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from auditlib.dates import from_seconds
from auditlib.platforms import _instagram_early as early
from auditlib.platforms import _meta_maps as maps
from auditlib.platforms._instagram_posts import comments, posts, replies, reposts, stories
from auditlib.platforms._meta import (
    EMPTY,
    START,
    Mended,
    entries,
    listed,
    mapped,
    mend,
    moment_of,
    pick,
    shaped,
    username,
    value_of,
    words,
)
from auditlib.platforms._meta_messages import MESSAGES
from auditlib.platforms._meta_other_messages import PAGES
from auditlib.platforms._meta_shapes import as_listed, as_map, with_pages
from auditlib.platforms._meta_threads import THREAD_PAGES, THREADS, MessageReader
from auditlib.reading import Asking, Each, Ignored, Rows, Whole
from auditlib.records import Record

NAME, TITLE = "instagram", "Instagram"
HOST = "instagram.com"
_ROOT = r"^(?P<root>(?:[^/]+/)*?)"
MARKERS = (
    re.compile(_ROOT + r"your_instagram_activity/(?!threads/)"),
    re.compile(_ROOT + r"(?:connections/)?followers_and_following/"),
    re.compile(_ROOT + r"(?:your_instagram_activity/)?content/posts_1\.(?:json|html)$"),
)
TOGETHER = ("connections.json", "media.json", "profile.json")  # the flat layout until early 2021
SHARED = re.compile(_ROOT + r"(?:messages/(?:inbox|message_requests)/.|message_\d+\.(?:json|html?)$)")
_BEGINS = re.compile(
    rb'(?s)^(?!.*text_post_app_)(?:\xef\xbb\xbf)?\s*(?:\{\s*"(?:relationships_|ig_|profile_user|comments_(?:media|reels|story)_comments|'
    rb'likes_(?:media|comment)_likes|profile_profile_change)|\{\s*"(?:followers|following|media_comments|media_likes)"\s*:'
    rb'|\[?\s*\{\s*"(?:media|uri)"\s*:\s*[\[{"].*"(?:creation_timestamp|media_metadata)"'
    rb'|\[?\s*\{[^{}\[\]]*(?:"media_(?:list|map)_data"\s*:\s*(?:\[[^\[\]]*\]|\{[^{}]*\})[^{}\[\]]*)*"string_(?:list|map)_data"|\[\s*\{\s*"participants"\s*:\s*\[\s*")'
)
_THREADS_FOLDER = re.compile(r"(^|/)threads/(?!no-data)[^/]+$")


# Names that only Instagram gives its web pages: what they begin with is a long style sheet.
_PAGES = re.compile(
    r"(?:followers_\d+|following|close_friends|pending_follow_requests|recent_follow_requests|follow_requests_you.{0,3}ve_received|"
    r"blocked_(?:profiles|accounts)|restricted_(?:profiles|accounts)|recently_unfollowed_(?:profiles|accounts)|"
    r"post_comments(?:_\d+)?|reels_comments|liked_posts|liked_comments|posts_\d+|archived_posts|personal_information)\.html?$",
    re.IGNORECASE,
)


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file begins as one of Instagram's lists, or is a web page with a name that only Instagram gives."""
    return _PAGES.match(name) is not None if name.lower().endswith((".html", ".htm")) else _BEGINS.search(head) is not None


class Reader(MessageReader):
    """Who the person is, and whether the account is private."""

    platform = NAME
    named = r"^(?:instagram-([\w.]+?)-\d{4}-?\d|([\w.]+)_20\d{6}(?=[._-]|$))"

    def begin(self) -> None:
        """The Threads folder has an account of its own."""
        self.threads_given = any(_THREADS_FOLDER.search(m) for m in self.tree.members)
        self.members = [m for m in self.members if not _THREADS_FOLDER.search(m)]
        self.profile = maps.Owner(None, "", None, "", {})
        self.change: tuple[int, str] | None = None  # the latest entry of the privacy history
        super().begin()

    def identify(self) -> None:
        """Read the profile, wherever the era keeps it."""
        self.era = self._era()
        self.profile = maps.owner(self.document(r"personal_information\.json"))
        if not self.profile.found:
            self.profile = maps.page_owner(self)
        self.handle, name, private = self.profile.username, self.profile.name, self.profile.private
        flat = mend(self.document(r"profile\.json"))
        if self.handle is None and isinstance(flat, dict):
            self.handle = username(words_or_none(flat.get("username")))
            name = words_or_none(flat.get("name"))
            private = flat["private_account"] if isinstance(flat.get("private_account"), bool) else None
        if private is None:
            private = self._latest_change()
        self.audience = "unknown" if private is None else "followers" if private else "public"
        self.display = name or self.display
        for own in (name, self.handle or ""):
            self.called(own)
        if self.handle and not name:  # a display name may be empty; then threads show none
            self.own.add("")
        signed = self.document(r"(?:signup_details|signup_information)\.json")
        rows = next((v for v in signed.values()), None) if isinstance(signed, dict) else None
        made = [moment_of(mapped(r)) for r in rows if isinstance(r, dict)] if isinstance(rows, list) else []
        self.registered = from_seconds(made[0]) if made else None

    def _latest_change(self) -> bool | None:
        """Whether the latest entry of the privacy history says private; its words are in the account's language."""
        document = mend(self.document(r"(?:account|profile)_privacy_changes\.json"))
        rows = next(iter(document.values()), None) if isinstance(document, dict) else document
        found = [r for r in rows if isinstance(r, dict)] if isinstance(rows, list) else []
        dated = [(m, str(r.get("title") or "")) for r in found if isinstance(m := _moment(r), int)]
        if not dated:
            return None
        self.change = max(dated)
        title = self.change[1].casefold()
        if re.search(r"\bpubli[ckq]|öffentlich|\bpúblic|pubbli", title):
            return False
        return True if re.search(r"priva|privé|prywat", title) else None

    def _era(self) -> str:
        paths = "\n".join(self.members)
        if re.search(r"your_instagram_activity/|connections/followers_and|personal_information/personal_information/", paths):
            return "2025 onward" if "your_instagram_activity/media/" in paths else "2024-2025"
        if re.search(r"(^|/)(media|connections)\.json$", paths, re.MULTILINE) and "followers_and_following" not in paths:
            return "until 2021"
        return "2022-2023" if re.search(r"/followers_1\.|(^|/)personal_information/", paths, re.MULTILINE) else "2021-2022"

    def handle_of(self, folder: str) -> str | None:
        """The counterpart's user name: `<user name>_<digits>`, the one bridge from display names to the follower list."""
        name = re.sub(r"_(?:\d+|[A-Za-z0-9-]{10})$", "", folder)
        return None if name.startswith("instagramuser") or name == folder else username(name)

    def finish(self) -> Iterator[Record]:
        """What the person should know."""
        self.warn_in_common()
        if self.profile.username is None and self.era != "until 2021":
            self.warnings.append("The part with your profile is not here: add every part of this archive.")
        if not any(re.search(r"(^|/)(posts_\d+|posts|media)\.(json|html?)$", m) for m in self.members):
            self.warnings.append("No file of posts is in this archive: ask for everything if you ever posted.")
        if not self.threads_given:
            self.warnings.append("Threads is not in this archive: if you use it, ask for it as well.")
        yield from ()


def _moment(record: dict[str, Any]) -> Any:
    """The time of a map or list record."""
    return moment_of(mapped(record)) or next((o.at for o in listed(record) if o.at), None) or record.get("timestamp")


def words_or_none(value: Any) -> str:
    """The text, "" when it is none: for what is read before any record is counted."""
    return value if isinstance(value, str) else ""


@shaped(as_map)
def profile(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """The profile map, with whether the account is private."""
    return list(maps.account_facts(record, a, "account-private"))


@shaped(as_map)
def changes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Earlier bios, names, addresses and numbers: no longer shown, but once they were."""
    found = mapped(record)
    what = value_of(found, "changed", "geändert", "modifié", "cambio", "modificato", "gewijzigd").casefold()
    before = value_of(found, "previous value", "vorheriger wert", "valeur précédente", "valor anterior", "vorige waarde")
    if not what and len(found) > 2:  # labels of another language: what was changed comes first, then what it was before
        what, before = (words(v.get("value")) for v in list(found.values())[:2])
        what = what.casefold()
        a.unfamiliar += bool(before)
    if not before:
        return []
    if "bio" in what or "steckbrief" in what or "presentación" in what:
        facts: dict[str, Any] = {"audience": a.audience, "deleted": True, "state": "binned"}
        return a.item("bio", "bio", moment_of(found), before, **facts)
    signs = {"mail": "email", "correo": "email", "phone": "phone", "telef": "phone", "website": "website"}
    signs |= {"name": "former_name", "nombre": "former_name"}
    known = next((fact for sign, fact in signs.items() if sign in what), None) or maps.contact(before)
    return a.fact(known, before) if known else []


@shaped(as_map)
def contacts(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Someone in an address book once uploaded, by name only: numbers and e-mail addresses are left out."""
    found = mapped(record)
    parts = [value_of(found, "first name", "vorname", "prénom", "nombre", "nome", "voornaam", "imię")]
    parts.append(value_of(found, "last name", "nachname", "nom", "apellidos", "cognome", "achternaam", "nazwisko"))
    if not any(parts):  # labels of another language: what looks like no number and no address
        values = (words(v.get("value")).strip() for v in found.values())
        parts = [v for v in values if any(map(str.isalpha, v)) and not maps.contact(v)]
    return a.connection("contact", " ".join(filter(None, parts)), None, moment_of(found))


@shaped(as_map)
def business(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Contact details that a professional account shows to everyone."""
    found = mapped(record)
    return [*a.fact("email", value_of(found, *maps.EMAIL)), *a.fact("phone", value_of(found, *maps.PHONE))]


@shaped(as_listed)
def privacy_history(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """The latest change of the account's privacy, where the profile itself is not in the archive."""
    moment, title = _moment(record), words(record.get("title"))
    if a.profile.private is None and a.audience != "unknown" and (moment, title) == a.change:
        return a.setting("account-private", "private" if a.audience == "followers" else "public", title, from_seconds(moment))
    return ()


_ALLOWED = {
    "everyone": "public", "people you follow and your followers": "followers", "your followers": "followers",
    "people you follow": "friends", "off": "off", "no one": "off", "friends": "friends", "close friends only": "friends",
    "true": "on", "false": "off", "on": "on",
}  # fmt: skip


def choice(row: str, *labels: str) -> Mended:
    """A function for one setting in a map: under one of the labels, or the map's only value."""

    def one(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        found = mapped(record)
        values = [v["value"] for v in found.values() if words(v.get("value"))] or [e.value for e in entries(record) if e.value]
        raw = value_of(found, *labels) or pick(entries(record), labels) or (values[0] if len(values) == 1 else "")
        return a.setting(row, _ALLOWED.get(raw.strip().casefold(), "unknown"), raw) if raw else ()

    return Mended(one, as_map)


def early_settings(document: Any, a: Reader) -> Iterable[Record]:
    """The settings file of the flat layout."""
    raw = mend(document).get("allow_comments_from") if isinstance(document, dict) else None
    return a.setting("comments-allowed-from", _ALLOWED.get(str(raw).casefold(), "unknown"), str(raw)) if raw else ()


def _list(function: Any, *keys: str) -> Each:
    """A row for a list that lies at the top or under one of the keys."""
    return Each(function, Any, keys)


def _people(file: str, relation: Any, *keys: str) -> tuple[str, Each]:
    return rf"{file}\.json$", _list(maps.people(relation, HOST), *(f"relationships_{k}" for k in keys))


_TECHNICAL = (
    "ads_information|ads_and_businesses|ads_and_content|past_instagram_insights|shopping|monetization|login_and_account_creation|"
    "login_and_profile_creation|security_and_login_information|device_information|logged_information|apps_and_websites[^/]*|"
    "recent_searches?|recent_search|information_about_you|your_topics|avatars_store|fundraisers|gifts|subscriptions|events|"
    "digital_wallets|contacts|guides|loyalty_accounts|other_activity|settings|media_settings|comments_settings|preferences|"
    "ai|meta_ai|link_history|time_spent"
)
_STICKERS = (
    "polls", "quizzes", "emoji_sliders", "emoji_quick_reactions", "countdowns", "story_likes", "reaction_sticker_reactions",
)  # fmt: skip
FILES: Rows = with_pages((
    (r"no-data\.txt$", EMPTY),
    (r"(?:index|start_here)\.html?$", START),
    (r"your_facebook_activity/", Ignored("belongs to Facebook")),
    (r"(?:past_instagram_insights|ads_information|ads_and_\w+)/.*\.json$", Ignored("counts and advertising: not your words")),
    (THREADS, MESSAGES),
    (THREAD_PAGES, PAGES),
    (r"messages\.json$", _list(early.conversations)),
    (r"replies_\d+\.json$", _list(replies, "replies")),
    (r"personal_information\.json$", _list(profile, "profile_user")),
    (r"profile\.json$", Whole(early.profile)),
    (r"(?:account|profile)_privacy_changes\.json$", _list(privacy_history, "account_history_account_privacy_history")),
    (r"profile_changes\.json$", _list(changes, "profile_profile_change")),
    (r"professional_information\.json$", _list(business, "profile_business")),
    (r"posts(?:_\d+)?\.json$", _list(posts(), "ig_posts", "ig_post_media")),
    (r"media\.json$", Each(early.media, Any, ("*",))),
    (r"archived_posts(?:_\d+)?\.json$",
        _list(posts("archived", audience="private", state="archived"), "ig_archived_post_media")),
    (r"recently_deleted_content\.json$",
        _list(posts("bin", audience="private", state="binned", deleted=True), "ig_recently_deleted_media")),
    (r"reels(?:_\d+)?\.json$", _list(posts("reel", derived=True), "ig_reels_media")),
    (r"igtv_videos\.json$", _list(posts("igtv", derived=True), "ig_igtv_media")),
    (r"stories(?:_\d+)?\.json$", _list(posts("story", "story"), "ig_stories")),
    (r"profile_photos\.json$", _list(posts("photo", "other", audience="public"), "ig_profile_picture")),
    (r"other_content\.json$", _list(posts("other", "other", derived=True), "ig_other_media")),
    (r"(?:post_comments(?:_\d+)?|reels_comments|hype)\.json$",
        _list(comments, "comments_media_comments", "comments_reels_comments", "comments_story_comments")),
    (r"comments\.json$", Each(early.comments, Any, ("*",))),
    (r"reposts\.json$", _list(reposts, "profile_media_reposts")),
    (r"likes\.json$|stories_activities\.json$", Each(early.likes, Any, ("*",))),
    (r"liked_posts\.json$", _list(maps.likes("like", HOST), "likes_media_likes")),
    (r"liked_comments\.json$", _list(maps.likes("comment-like", HOST), "likes_comment_likes")),
    (r"(?:story_interactions|story_sticker_interactions)/questions\.json$",
        _list(stories("answer", "comment"), "story_activities_questions")),
    (r"(?:story_interactions|story_sticker_interactions)/[^/]+\.json$",
        _list(stories("vote", "reaction"), *(f"story_activities_{k}" for k in _STICKERS))),
    (r"connections\.json$", Whole(early.connections)),
    _people(r"followers(?:_\d+)?", "follower", "followers"),
    _people(r"following(?:_\d+)?", "following", "following"),
    _people("close_friends", "close_friend", "close_friends"),
    _people(r"follow_requests_you.{0,3}ve_received", "request_received", "follow_requests_received"),
    _people("pending_follow_requests", "request_sent", "follow_requests_sent"),
    _people("recent_follow_requests", "request_sent", "permanent_follow_requests"),
    _people("recently_unfollowed_(?:accounts|profiles)", "removed", "unfollowed_users"),
    _people("blocked_(?:accounts|profiles)", "blocked", "blocked_users"),
    _people("restricted_(?:accounts|profiles)", "muted", "restricted_users"),
    (r"comments_allowed_from\.json$",
        _list(choice("comments-allowed-from", "comments allowed from"), "settings_allow_comments_from")),
    (r"use_cross-app_messaging\.json$",
        _list(choice("cross-app-messaging"), "settings_upgraded_to_cross_app_messaging", "settings_cross_app_messaging")),
    (r"instagram_friend_map\.json$",
        _list(choice("map-location-reposts-and-likes-shown-to-friends", "sharing audience"), "profile_friend_map")),
    (r"(?:instagram_profile_information|account_information)\.json$",
        _list(choice("contacts-syncing", "contact syncing"), "profile_account_insights")),
    (r"settings\.json$", Whole(early_settings)),
    (r"synced_contacts\.json$", _list(contacts, "contacts_contact_info")),
    (r"uploaded_contacts\.json$", Ignored("an address book once uploaded, of before 2021: other people's numbers")),
    # Left out on purpose
    (r"saved/|saved(?:_\w+)?\.json$", Ignored("saved items: not your words")),
    (r"(?:custom_lists|hide_story_from|profiles_you.{0,3}ve_favorited|accounts_you.{0,3}ve_favorited)\.json$",
        Ignored("lists of people who are among your followers or those you follow")),
    (r"(?:following_hashtags|removed_suggestions)\.json$",
        Ignored("hashtags and suggestions: not your connections")),
    (r"(?:searches|account_history|devices|seen_content|information_about_you|account_based_in|profile_based_in|"
        r"signup_details|signup_information|autofill_information|autofill|note_interactions|checkout|monetization|shopping|"
        r"secret_conversations|secret_groups|your_scheduled_chat_notifications|comments_reported|possible_emails|"
        r"possible_phone_numbers|locations_of_interest|expired_pps|active_apps)\.json$",
        Ignored("log-ins, devices, forms and other technical data")),
    (r"(?:reported_conversations|your_reports?)\.json$", Ignored("reports made to Instagram")),
    (rf"(?:{_TECHNICAL})/.*\.(?:json|csv|txt)$", Ignored("advertising, log-ins, devices and other technical data")),
))  # fmt: skip

SITES: tuple[str, ...] = ("instagram.com",)
FIND = "On Instagram, open your profile, then the menu, then Your activity, and go to {day}."
NOT_HELD = ("reviews",)
NOT_YET = ()
ASK = Asking(
    where="Your profile, the menu, Accounts Centre, Your information and permissions, Export your information",
    steps=(
        "Open Export your information and create an export of your Instagram profile to your device.",
        "Leave everything ticked (Threads as well, if you use it), choose all time as the dates and JSON as the format.",
        "When Instagram says that it is ready, download every part.",
    ),
    choose="All information, all time (with anything else the lists of followers hold that time only), format JSON (not HTML)",
    url="https://accountscenter.instagram.com/info_and_permissions/",
)
