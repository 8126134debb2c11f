"""YouTube, in a Google Takeout: `Takeout/YouTube and YouTube Music/` (older `YouTube/`), in the language of the account.

Eras: until about 2023 comments and live chat are HTML lists; then CSV, whose cells of words are JSON that changed in mid-2024.
Every table is recognised by what is in it (see _youtube_shapes); FILES says what the English names hold.
Format facts: purarue/google_takeout_parser, d3i-infra/data-donation-task, karlicoss/HPI, abrignoni/RLEAPP.
"""

from __future__ import annotations

import re
from typing import Any

from auditlib.platforms import _youtube_reader
from auditlib.platforms._youtube_api import api
from auditlib.platforms._youtube_reader import ERAS, LONG_HEAD
from auditlib.platforms._youtube_shapes import COLUMNS, Shape, shape_of
from auditlib.platforms._youtube_tables import FUNCTIONS, community_posts, likes, listed, moderation
from auditlib.reading import Asking, Blocks, Each, Ignored, Rows, Table, Way

NAME, TITLE = _youtube_reader.NAME, "YouTube"
_INNER = (
    "comments|my-comments|live.chats|my-live-chat-messages|subscriptions|channels|video.metadata|videos|playlists|history|posts"
)
MARKERS = (
    re.compile(r"^(?P<root>(?:.*/)?[Tt]akeout[^/]*/You[Tt]ube[^/]*/)"),
    re.compile(r"^(?P<root>(?:.*/)?[^/]*You[Tt]ube[^/]*You[Tt]ube[^/]*/)[^/]+/[^/]+$"),  # without Takeout/, any language
    re.compile(rf"^(?P<root>(?:.*/)?You[Tt]ube/)(?:{_INNER})/[^/]+\.(?:csv|html|json)$"),
    # the product's folder itself, re-zipped
    re.compile(
        r"^(?P<root>(?:.*/)?)(?:comments/comments(?: ?\(\d+\))?\.csv|live chats/live chats(?: ?\(\d+\))?\.csv|"
        r"subscriptions/subscriptions\.(?:csv|json)|my-comments/my-comments\.html|"
        r"my-live-chat-messages/my-live-chat-messages\.html|video metadata/videos\.csv|channels/channel\.csv|"
        r"playlists/playlists\.csv|history/watch-history\.(?:json|html))$"
    ),
)
SITES: tuple[str, ...] = ("youtube.com",)
FIND = "On YouTube, open your history, then Comments, and look for {day}."
NOT_HELD = ("stories", "reposts", "messages", "reviews", "friends", "followers", "requests", "blocked", "address-book")
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="takeout.google.com, signed in with the Google account you use for YouTube",
    steps=(
        "Choose Deselect all, then tick YouTube and YouTube Music.",
        "Of its data leave comments, live chats, channels, video metadata, playlists and subscriptions ticked. The videos "
        "themselves may be left out: they are not read.",
        "Give all files of the download (-001, -002 and so on) together.",
    ),
    choose="YouTube and YouTube Music, as .zip, all time",
    url="https://takeout.google.com/",
)
_PAGE_LIST = re.compile(rb"<li\b", re.IGNORECASE)
_WATCH = re.compile(rb"youtube\.com/watch|youtu\.be/")
_PAGE_DATE = re.compile(rb"\d{4}-\d\d-\d\d[T\s]\d\d:\d\d")
_ACTIVITY = re.compile(rb"\"(?:titleUrl|activityControls)\"|\"header\": ?\"YouTube|outer-cell|mdl-typography")
_CHAT = re.compile(r"chat", re.IGNORECASE)
_OWN_CHANNEL = re.compile(rb'"snippet"\s*:\s*\{\s*"channelId"\s*:\s*"(UC[\w-]{22})"')
_LIKED = re.compile(r"liked|(^|/)likes\b", re.IGNORECASE)
HISTORY = Ignored("what you watched and searched for: private, and no words of yours to others")
VIDEOS_IN_LISTS = Ignored("which videos are in your playlists: other people's work")
MUSIC = Ignored("songs in your music library: not your words")
PLACES = Ignored("where your videos were recorded: shown with each video")
NOTHING = Ignored("tables with a heading and no entries")


class Reader(_youtube_reader.Reader):
    """The reader with a way for every kind of file."""

    def begin(self) -> None:
        """Tables by their content, then pages and JSON of names that are not English."""
        super().begin()
        for member in self.members:
            low = member.lower()
            if low.endswith((".html", ".htm", ".json")) and not _KNOWN.search(member):
                head = self.head_of(member, LONG_HEAD)
                if _ACTIVITY.search(head):
                    self.ways[member] = HISTORY
                elif low.endswith(".json"):
                    if b'"snippet"' in head:
                        self.ways[member] = API
                elif _PAGE_LIST.search(head) and _WATCH.search(head) and _PAGE_DATE.search(head):
                    self.ways[member] = PAGE_CHAT if _CHAT.search(member.rsplit("/", 1)[-1]) else PAGE_COMMENTS
            if self.ways.get(member) in (PAGE_CHAT, PAGE_COMMENTS) or _OLD_PAGE.search(member):
                self.eras.add(ERAS[0])
                self.pages.append(member)
            self.commented |= self.ways.get(member) == PAGE_COMMENTS or bool(_COMMENTS.search(member))
            if not self.own and low.endswith(".json") and (own := _OWN_CHANNEL.search(self.head_of(member))):
                self.own = own[1].decode("ascii")  # before 2020 nothing else says whose it is
        self.era = ", ".join(era for era in ERAS if era in self.eras)

    def way(self, member: str, shape: Shape) -> None:
        """How a table of this shape is read."""
        if _POSTS.search(member):
            return
        if shape.kind in FUNCTIONS:
            self.ways[member] = Table(FUNCTIONS[shape.kind], shape.columns, bare=shape.bare)
        elif shape.kind == "channel only":
            self.ways[member] = MODERATION
        elif shape.kind == "playlist items":
            liked = _LIKED.search(member.rsplit("/", 1)[-1])
            self.ways[member] = Table(likes, COLUMNS[shape.kind], bare=shape.bare) if liked else VIDEOS_IN_LISTS
        else:
            self.ways[member] = {"recordings": PLACES, "music": MUSIC}.get(shape.kind, NOTHING)


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file handed over on its own is one of YouTube's, whatever its name."""
    low = name.lower()
    if low.endswith(".csv"):
        shape = shape_of(head, name)
        return shape is not None and shape.sure
    if low.endswith((".html", ".htm")):
        return bool(_PAGE_LIST.search(head) and _WATCH.search(head) and _PAGE_DATE.search(head))
    return low.endswith(".json") and b'"youtube#' in head


def _is_entry(element: Any) -> bool:
    return bool(element.tag == "li")


_POSTS = re.compile(r"(^|/)posts/[^/]+\.csv$", re.IGNORECASE)
_OLD_PAGE = re.compile(r"(^|/)(my-comments|my-live-chat-messages)/[^/]+\.html?$", re.IGNORECASE)
_COMMENTS = re.compile(r"(^|/)(comments/comments[^/]*\.csv|my-comments/[^/]+\.html?)$", re.IGNORECASE)
PAGE_COMMENTS, PAGE_CHAT = Blocks(listed("comment"), _is_entry), Blocks(listed("live-chat"), _is_entry)
API: Way = Each(api, dict[str, Any], ("items",))
MODERATION: Way = Table(moderation)


def _table(kind: str) -> Table:
    return Table(FUNCTIONS[kind], COLUMNS[kind])


_COPY = r"(?: ?\(\d+\))?\.csv$"
FILES: Rows = (
    (r"archive_browser\.html$", Ignored("Google's own list of what is in the download")),
    (r"history/[^/]+\.(?:json|html?)$", HISTORY),
    (r"channels/channel" + _COPY, _table("channel")),
    (r"channels/channel url configs" + _COPY, _table("channel urls")),
    (r"channels/channel feature data" + _COPY, _table("feature data")),
    (r"channels/channel (?:page|community moderation) settings" + _COPY, MODERATION),
    (r"video metadata/video recordings" + _COPY, PLACES),
    (r"video metadata/video texts" + _COPY, _table("video texts")),
    (r"video metadata/videos" + _COPY, _table("videos")),
    (r"videos/[^/]+\.json$", API),
    (r"posts/[^/]+\.csv$", Table(community_posts)),
    (r"comments/comments" + _COPY, _table("comments")),
    (r"live chats/live chats" + _COPY, _table("live chats")),
    (r"my-comments/[^/]+\.html?$", PAGE_COMMENTS),
    (r"my-live-chat-messages/[^/]+\.html?$", PAGE_CHAT),
    (r"playlists/playlists" + _COPY, _table("playlists")),
    (r"subscriptions/subscriptions" + _COPY, _table("subscriptions")),
    (r"(?:subscriptions/subscriptions|playlists/[^/]+)\.json$", API),
    (r"music[^/]*/[^/]+\.csv$", MUSIC),
)
_KNOWN = re.compile("|".join(f"(?:^|/)(?:{pattern})" for pattern, _ in FILES), re.IGNORECASE)
