"""Small invented Facebook, Instagram and Threads exports, written as Meta writes them: every UTF-8 byte its own code point."""

import json
from pathlib import Path
from typing import Any

from making import laid

from auditlib.exports import look
from auditlib.reading import Answers
from auditlib.records import Connection, Coverage, Item, ProfileFact, Setting, Summary

ME, T = "Wren Ashdown", 1650000000


def mangled(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, dict):
        return {mangled(k): mangled(v) for k, v in value.items()}
    return [mangled(v) for v in value] if isinstance(value, list) else value


def meta(value: Any) -> bytes:
    return json.dumps(mangled(value), indent=2).encode()


class Read:
    """Everything one look at the files gave, sorted by kind of record."""

    def __init__(self, *paths: Path, me: tuple[str, ...] = ()) -> None:
        with look(paths, Answers(me)) as found:
            self.platforms = [e.module.NAME for e in found.exports]
            self.records = list(found.records())
        self.items = [r for r in self.records if isinstance(r, Item)]
        self.connections = [r for r in self.records if isinstance(r, Connection)]
        self.settings = {r.id: (r.value, r.raw) for r in self.records if isinstance(r, Setting)}
        self.facts = [(r.fact, r.value) for r in self.records if isinstance(r, ProfileFact)]
        self.states = {r.member: r.state for r in self.records if isinstance(r, Coverage) and r.member}
        self.warnings = " ".join(w for r in self.records if isinstance(r, Summary) for w in r.warnings)

    def texts(self, *kinds: str) -> list[str]:
        return [i.text for i in self.items if not kinds or i.kind in kinds]

    def people(self, relation: str) -> list[tuple[str | None, str | None]]:
        return [(c.handle, c.name) for c in self.connections if c.relation == relation]


def read(folder: Path, files: dict[str, Any], me: tuple[str, ...] = ()) -> Read:
    """The files laid out in a folder and read; values that are not bytes are written as Meta does."""
    return Read(laid(folder, {k: v if isinstance(v, bytes) else meta(v) for k, v in files.items()}), me=me)


FACEBOOK = {"personal_information/profile_information/profile_information.json": {"profile_v2": {"name": {"full_name": ME}}}}
POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
INBOX = "your_facebook_activity/messages/inbox/"


def facebook(folder: Path, files: dict[str, Any], me: tuple[str, ...] = ()) -> Read:
    return read(folder, FACEBOOK | files, me)


def photo(uri: str, at: int = T, **more: Any) -> dict[str, Any]:
    return {"uri": uri, "creation_timestamp": at} | more


def with_media(*media: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"data": [{"media": m} for m in media]}]


def thread(people: list[str], *messages: tuple[str, int, str], title: str = "", **more: Any) -> dict[str, Any]:
    """A message thread; messages are (sender, seconds after T, words)."""
    said = [{"sender_name": s, "timestamp_ms": (T + at) * 1000, "content": text} for s, at, text in messages]
    return {"participants": [{"name": p} for p in people], "messages": said, "title": title or people[0]} | more


def labelled(at: int, *pairs: Any, **more: Any) -> dict[str, Any]:
    """A record of labelled values; a pair is (label, value) or an entry as it is."""
    values = [p if isinstance(p, dict) else {"label": p[0], "value": p[1]} for p in pairs]
    return {"timestamp": at, "media": [], "label_values": values} | more


def mapped(**fields: Any) -> dict[str, Any]:
    """A record of Instagram's map style; numbers are moments. `_` stands for a space."""

    def entry(value: Any) -> dict[str, Any]:
        moment = isinstance(value, int)
        return {"href": "", "value": "" if moment else value, "timestamp": value if moment else 0}

    return {"title": "", "media_map_data": {}, "string_map_data": {k.replace("_", " "): entry(v) for k, v in fields.items()}}


def listed(value: str = "", title: str = "", href: str = "", at: int = T) -> dict[str, Any]:
    """A record of Instagram's list style with one entry."""
    return {"title": title, "media_list_data": [], "string_list_data": [{"href": href, "value": value, "timestamp": at}]}


def profile(username: str = "wren.otter", **more: Any) -> dict[str, Any]:
    fields = {"Username": username, "Name": ME} | more
    return {"personal_information/personal_information/personal_information.json": {"profile_user": [mapped(**fields)]}}


def instagram(folder: Path, files: dict[str, Any], **more: Any) -> Read:
    return read(folder, profile(**more) | files)
