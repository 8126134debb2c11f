"""Threads: a folder inside the Instagram export (`your_instagram_activity/threads/`), or that folder on its own.

Exists since July 2023. File names are the same as Instagram's (followers.json, personal_information.json): the folder decides.
Its privacy is separate from Instagram's. Own posts and replies have no address; the post that was answered is not exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from auditlib.dates import from_seconds
from auditlib.platforms import _meta_maps as maps
from auditlib.platforms._meta import EMPTY, dicts, shaped
from auditlib.platforms._meta_reader import Reader as MetaReader
from auditlib.platforms._meta_shapes import as_captioned, as_map, with_pages
from auditlib.reading import Asking, Each, Ignored, Rows
from auditlib.records import Record, ReplyTo

NAME, TITLE = "threads", "Threads"
HOSTS = ("threads.net", "threads.com", "instagram.com")
_ROOT = r"^(?P<root>(?:[^/]+/)*?)"
_ONLY_HERE = r"threads_and_replies(?:_\d+)?|threads_viewed|liked_threads|saved_threads|threads_home|interest_feeds_on_threads"
MARKERS = (
    re.compile(_ROOT + r"your_instagram_activity/threads/[^/]+\.(?:json|html)$"),
    re.compile(_ROOT + rf"(?:your_instagram_activity/)?(?:threads/)?(?:{_ONLY_HERE})\.(?:json|html)$"),
)
SNIFF = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"text_post_app_')
_FOLDER = re.compile(r"(^|/)threads/(?!no-data)[^/]+$")


class Reader(MetaReader):
    """Who the person is on Threads: by its own profile, else by Instagram's, whose user names it shares."""

    platform = NAME
    named = r"^instagram-([\w.]+?)-\d{4}-?\d"

    def begin(self) -> None:
        """Only the folder's members; without such a folder what was given is the folder."""
        inside = [m for m in self.members if _FOLDER.search(m)]
        self.given = self.members
        self.members = inside or [m for m in self.members if "your_instagram_activity/" not in m]
        self.replies: tuple[int, str, str] | None = None  # moment, word, where it was read
        super().begin()

    def identify(self) -> None:
        """Read threads/personal_information.json."""
        self.era = "2023 onward"
        who = maps.owner(self.document(r"personal_information\.json"))
        who = who if who.found else maps.page_owner(self)
        self.audience = "unknown" if who.private is None else "followers" if who.private else "public"
        self.handle, self.display = who.username, who.name or self.display
        if self.handle is None:
            mine, self.members = self.members, [m for m in self.given if not _FOLDER.search(m)]
            beside = maps.owner(self.document(r"personal_information\.json"))
            if not beside.found:
                self.web = [m for m in self.members if m.lower().endswith((".html", ".htm"))]
                beside = maps.page_owner(self)
            self.members = mine
            self.handle, self.display = beside.username, self.display or beside.name or None

    def finish(self) -> Iterator[Record]:
        """Who may answer, as the newest post says, and what the person should know."""
        if self.replies is not None:
            moment, word, where = self.replies
            value = {"everyone": "public", "followers": "followers"}.get(word.casefold(), "unknown")
            yield from self.setting("who-can-reply-and-quote", value, word, from_seconds(moment), where)
        self.warn_in_common()
        if self.account is None:
            self.warnings.append("The archive does not say whose it is: your Threads profile is not in it.")
        if not any(re.search(r"(^|/)threads_and_replies(_\d+)?\.(json|html?)$", m) for m in self.members):
            self.warnings.append("No file of Threads posts is in this archive: ask for everything if you ever posted there.")


@shaped(as_captioned)
def posts(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A post or reply. Without pictures it is a medium with an empty address; whether it is a reply is not always said."""
    text, moment, media = maps.captioned(record)
    details = [d for m in (*dicts(record.get("media")), record) if isinstance(d := m.get("text_app_post"), dict)]
    if not text and not any(m["uri"] for m in media):
        return []
    for one in details:
        word = one.get("reply_control")
        if isinstance(word, str) and word and isinstance(moment, int) and (a.replies is None or moment > a.replies[0]):
            a.replies = (moment, word, a.where)
    reply = ReplyTo() if any(d.get("is_reply") is True for d in details) else None
    return a.item("post", "post", moment, text, found=media, audience=a.audience, reply_to=reply)


@shaped(as_map)
def profile(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """The profile map, with whether the profile is private."""
    return list(maps.account_facts(record, a, "private-profile"))


def _people(file: str, relation: Any, key: str) -> tuple[str, Each]:
    return rf"{file}\.json$", Each(maps.people(relation, *HOSTS), Any, (f"text_post_app_text_post_app_{key}",))


FILES: Rows = with_pages((
    (r"no-data\.txt$", EMPTY),
    (r"personal_information\.json$", Each(profile, Any, ("text_post_app_text_post_app_profile",))),
    (r"threads_and_replies(?:_\d+)?\.json$", Each(posts, Any, ("text_post_app_text_posts",))),
    (r"liked_threads\.json$", Each(maps.likes("like", *HOSTS), Any, ("text_post_app_media_likes",))),
    _people(r"followers(?:_\d+)?", "follower", "followers"),
    _people(r"following(?:_\d+)?", "following", "following"),
    _people(r"follow_requests_you.{0,3}ve_received", "request_received", "follow_requests_received"),
    _people("pending_follow_requests", "request_sent", "follow_requests_sent"),
    _people("recent_follow_requests", "request_sent", "permanent_follow_requests"),
    _people("recently_unfollowed_(?:accounts|profiles)", "removed", "unfollowed_users"),
    _people("blocked_(?:accounts|profiles)", "blocked", "blocked_users"),
    _people("restricted_(?:accounts|profiles)", "muted", "restricted_users"),
    (r"(?:saved_threads|threads_viewed)\.json$", Ignored("what was saved or seen: not your words")),
    (r"(?:interest_feeds_on_threads|threads_home|apps_and_websites|post_notification\w*|disabled_notifications\w*)\.json$",
        Ignored("feeds, layout and notices: no words of yours")),
))  # fmt: skip

SITES: tuple[str, ...] = ("threads.net", "threads.com")
FIND = "On Threads, open your profile and scroll to {day}."
NOT_HELD = ("stories", "reposts", "comments", "messages", "reviews", "friends", "address-book")  # replies are posts
NOT_YET = ()
ASK = Asking(
    where="Instagram: your profile, the menu, Accounts Centre, Your information and permissions, Export your information",
    steps=(
        "Threads has no archive of its own: it lies inside Instagram's, asked for in the same place.",
        "Make sure that Threads is among what is ticked, choose all time as the dates and JSON as the format.",
        "When it is ready, download every part.",
    ),
    choose="Threads among the information, all time, format JSON (not HTML)",
    url="https://accountscenter.instagram.com/info_and_permissions/",
)
