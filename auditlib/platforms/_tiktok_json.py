"""The one big JSON object of TikTok's export. Lists kept their names but moved twice: they are found by name and place.

To early 2025: Activity, Video, Direct Messages, App Settings. 2025: Your Activity, Post, Direct Message, Location Review.
Late 2025: Likes and Favorites, Profile And Settings; Your Activity keeps what was watched, searched for and reposted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from auditlib.archive import READ_ERRORS
from auditlib.jsonstream import BadElement, Broken
from auditlib.jsonwalk import Nothing, Part, Path, parts
from auditlib.platforms import _tiktok_records as one
from auditlib.platforms import _tiktok_settings as about
from auditlib.platforms._tiktok import Reader, plain, said
from auditlib.reading import NotKnown, guarded
from auditlib.records import Record

Function = Callable[[Any, Reader], Iterable[Record]]
TOPS = frozenset((
    "profile", "profileandsettings", "activity", "youractivity", "appsettings", "comment", "video", "post", "directmessages",
    "directmessage", "likesandfavorites", "tiktoklive", "adsanddata", "incomepluswallettransactions", "incomewallet",
    "poireview", "locationreview", "tiktokshopping", "tiktokshop",
))  # fmt: skip
# Plain name of a list (and of a section that must lie above it) -> what it is read as, and which of the wanted parts it is.
LISTS: tuple[tuple[str, str, Function, str], ...] = (
    ("videolist", "posts", one.posts, "posts"),
    ("videolist", "videos", one.posts, "posts"),
    ("postlist", "recentlydeletedposts", one.deleted, ""),
    ("commentslist", "comment", one.comments, "comments"),
    ("itemfavoritelist", "", one.likes, ""),
    ("repostlist", "", one.reposts, ""),
    ("reviewslist", "", one.reviews, ""),
    ("fanslist", "", one.people("follower"), ""),
    ("following", "", one.people("following"), ""),
    ("followinglist", "", one.people("following"), ""),
    ("blocklist", "", one.people("blocked"), ""),
    ("takochathistorylist", "", one.tako, ""),
    ("golivelist", "", one.lives, ""),
)
MAPS: dict[str, Function] = {
    "profilemap": about.profile, "settingsmap": about.settings, "autofill": about.autofill
}  # fmt: skip
# The lists themselves as they are written: where one is an object by mistake or number, it is handed over whole.
_WRITTEN = frozenset((
    "VideoList", "PostList", "CommentsList", "ItemFavoriteList", "RepostList", "ReviewsList", "FansList", "BlockList",
    "TakoChatHistoryList", "GoLiveList",
))  # fmt: skip
_SEEN = "what you watched, searched for, saved or shared: not your words, and nobody else sees it"
_KEPT = "log-ins, devices and whereabouts that TikTok keeps for itself"
_SOLD = "advertising, shopping and payments: no words of yours"
_REASONS = {
    name: reason
    for reason, names in (
        (_SOLD, ("adsanddata", "incomepluswallettransactions", "incomewallet", "tiktokshopping", "tiktokshop", "purchases",
                 "purchasehistory", "offtiktokactivity")),
        (_SEEN, ("videobrowsinghistory", "watchhistory", "searchhistory", "searches", "sharehistory", "favoritevideos",
                 "favoritesounds", "favoriteeffects", "favoritehashtags", "favoritecollection", "favoritecollections",
                 "hashtag", "hashtags", "favoritecomment", "favoritecomments", "watchlivesettings")),
        (_KEPT, ("loginhistory", "status", "usagedatafromthirdpartyapps", "mostrecentlocationdata", "aimoji", "aiself",
                 "screentime", "familypairing")),
    )
    for name in names
}  # fmt: skip


def document(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """Every record of the file, in its order. A file of none of TikTok's sections is not known."""
    known = False
    count = 0
    for part in parts(stream, _whole, _kind):
        if isinstance(part, BadElement):
            yield BadElement(count + part.position, part.detail)
            continue
        path = tuple(plain(key) for key in part.path)
        top = next((key for key in path if key in TOPS), "")
        if top:
            known = True
            a.tops.add(top)
        a.path = part.path
        function = _function(part, path, a)
        if function is None:
            _left(part, path, a)
            continue
        values = part.values if part.listed or part.path[-1] not in _WRITTEN else _entries(part.values[0])
        for value in values:
            a.position = count
            yield from guarded(function, value, a)
            count += 1
    if not known:
        raise NotKnown("not known to this version: it may hold something worth a look by hand")


def _function(part: Part, path: Path, a: Reader) -> Function | None:
    """What reads the values of this part; None for what is not read, or holds nothing."""
    last = path[-1] if path else ""
    if _skipped(path):
        return None
    if last in ("chathistory", "groupchat") or (len(path) > 1 and path[-2] in ("chathistory", "groupchat")):
        a.met.add("messages")
        if not part.listed or not part.values:
            return None
        group = "groupchat" in path
        label = "" if last in ("chathistory", "groupchat") else part.path[-1]
        return _threads(group) if not label else _thread(label, group, part.path)
    for name, above, function, wanted in LISTS:
        if name == last and (not above or above in path[:-1]):
            a.met.update([wanted] if wanted else ())
            return function if part.listed or isinstance(part.values[0], dict) else None
    if last.endswith(("reviewslist", "histories")) and "productreviews" in path and part.listed:
        return one.reviews
    if "story" in path and part.listed and part.values:
        return one.stories
    if part.listed or not isinstance(part.values[0], dict):
        return None
    return one.live_comments if len(path) > 1 and path[-2] == "watchlivemap" else MAPS.get(last)


def _thread(label: str, group: bool, path: Path) -> Function:
    def read(record: Any, a: Reader) -> Iterable[Record]:
        if a.talk is None or a.talk[0] != (a.member, path):
            conversation = one.talk(label, a, _members(a).get(label, ()) if group else (), group)
            a.talk = (a.member, path), conversation, one.message(conversation)
            yield from one.messaged(conversation, a)
        yield from a.talk[2](record, a)

    return read


def _threads(group: bool) -> Function:
    """Conversations in a list, which was not seen: each with its own name and messages, under whatever keys."""

    def read(record: Any, a: Reader) -> Iterable[Record]:
        lists = [(k, v) for k, v in record.items() if isinstance(v, list) and all(isinstance(m, dict) for m in v)]
        names = [said(v) for k, v in record.items() if "name" in plain(k) or "title" in plain(k) or "with" in plain(k)]
        if not lists:
            raise ValueError
        for key, messages in lists:
            label = next((n for n in names if n), key)
            senders = tuple(dict.fromkeys(s for m in messages if (s := said(one.low(m).get("from")))))
            conversation = one.talk(label, a, senders, group)
            yield from one.messaged(conversation, a)
            function = one.message(conversation)
            for message in messages:
                yield from function(message, a)

    return read


class _Sender(msgspec.Struct):
    sender: Any = msgspec.field(default=None, name="From")


def _members(a: Reader) -> dict[str, tuple[str, ...]]:
    """Who wrote in each group chat: they are not listed, so the file is passed through once more."""
    if a.groups is None:
        found: dict[str, dict[str, None]] = {}

        def kind(path: Path) -> Any:
            return _Sender if len(path) > 1 and plain(path[-2]) == "groupchat" else Nothing

        try:
            with a.tree.open(a.member) as stream:
                for part in parts(stream, _whole, kind):
                    if isinstance(part, Part) and part.listed and kind(part.path) is _Sender:
                        names = found.setdefault(part.path[-1], {})
                        names.update(dict.fromkeys(name for v in part.values if (name := said(v.sender))))
        except (Broken, *READ_ERRORS):
            pass  # told where the messages themselves are read
        a.groups = {label: tuple(names) for label, names in found.items()}
    return a.groups


def _whole(path: Path) -> bool:
    if not path:
        return False
    last = plain(path[-1])
    return last in MAPS or path[-1] in _WRITTEN or (len(path) > 1 and plain(path[-2]) == "watchlivemap")


def _kind(path: Path) -> Any:
    """Lists that are not read, tens of megabytes of what was watched, are only passed."""
    return Nothing if _skipped(tuple(plain(key) for key in path)) else Any


def _skipped(path: Path) -> str:
    """Why a part is not read, "" for one that is; what was bought is left out, what was written about it is not."""
    found = next((_REASONS[key] for key in path if key in _REASONS), "")
    return "" if found == _SOLD and any("review" in key for key in path) else found


def _entries(value: Any) -> list[Any]:
    """The entries of an object that stands where a list is usual: its values where all are objects, else it is one itself."""
    inner = list(value.values())
    return [] if not inner else inner if all(isinstance(v, dict) for v in inner) else [value]


def _left(part: Part, path: Path, a: Reader) -> None:
    """Note what is not read: sections known and left out with their reason, others as unknown when they hold something."""
    section = " > ".join(part.path[:2])[:120]
    if reason := _skipped(path):
        if path[-1] not in ("app", "isfastlane"):
            a.aside("ignored", section, reason)
        return
    alone = not part.listed and bool(path) and isinstance(part.values[0], str) and said(part.values[0])  # it may be words
    listed = part.listed and part.values and path[-1] not in ("chathistory", "groupchat", "watchlivemap")
    if alone or listed:
        a.aside("unknown", section, "a section not known to this version: it may hold something worth a look by hand")
