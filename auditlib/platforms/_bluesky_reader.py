"""Whose Bluesky repository it is, and what is told once all of it has been read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditlib.archive import READ_ERRORS
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import Broken
from auditlib.platforms import _bluesky_records as say
from auditlib.platforms._bluesky_repo import CHUNK, Blocks, Commit, committed, first_commit
from auditlib.reading import Account
from auditlib.records import Coverage, Item, Record, Setting

NAME = "bluesky"


class Reader(Account):
    """Whose repository it is: a DID, for the handle is not in the file. What other apps keep in it is counted by name."""

    platform = NAME

    def begin(self) -> None:
        """Read the commit, which names the account and the revision."""
        self.name: str | None = None
        self.prefix = f"{NAME}:?:"
        self.others: Counter[str] = Counter()
        self.dead: Counter[str] = Counter()
        self.missing = 0
        self.cut = False
        self.far: tuple[int, int, int] | None = None  # records dated over a day off; when first and last written
        self.gate: tuple[str, str, str, str] | None = None  # at, value, word, where
        self.no_quotes = False
        self.lists: dict[str, str] = {}
        self.attempt(self._owner)

    def _owner(self) -> None:
        for member in self.members[:1]:
            commit = first_commit(self.head_of(member, CHUNK))
            if commit is None:  # the order of blocks is free: it may lie anywhere
                try:
                    with self.tree.open(member) as stream, Blocks(stream, on_disk(self, member)) as blocks:
                        commit = committed(blocks.reader()(blocks.root))
                except (Broken, UnsafeArchive, *READ_ERRORS):
                    return
            self.own(commit)

    def own(self, commit: Commit) -> None:
        """Take over what the commit says."""
        self.account, self.prefix = commit.did, f"{NAME}:{commit.did}:"
        made = say.written(commit.rev)
        self.edition = say.iso(made) if made else ""
        self.era = "2023 onward" if commit.rev else "2022-2023"

    def when(self, key: str, record: dict[str, Any]) -> str | None:
        """When a record was made, as the app that made it claims; where that is no time, when it was written."""
        moment = say.written(key)
        at, away = say.claimed(record.get("createdAt"), moment)
        if away and moment is not None:
            count, first, last = self.far or (0, moment, moment)
            self.far = (count + 1, min(first, moment), max(last, moment))
        return at or (say.iso(moment) if moment is not None else None)

    def item(self, what: str, key: str, kind: Any, record: dict[str, Any], text: str = "", **more: Any) -> Item:
        """An item of any kind but a post, with the facts that all share."""
        return Item(
            platform=NAME,
            account=self.account,
            where=self.where,
            kind=kind,
            key=f"{self.prefix}{what}:{key}",
            id=f"at://{self.account}/{what}/{key}",
            at=self.when(key, record),
            text=text,
            author="me",
            author_name=self.name or self.account,
            audience="public",
            **more,
        )

    def setting(self, slug: str, value: Any, raw: str, seen: str | None = None, where: str | None = None) -> Setting:
        """A setting row."""
        return Setting(
            platform=NAME,
            account=self.account,
            where=where or self.where,
            id=f"{NAME}.{slug}",
            value=value,
            raw=raw,
            seen_at=seen or self.edition or None,
        )

    def finish(self) -> Iterator[Record]:
        """Who may answer, as the newest post says; what other apps keep here; what the person should know."""
        if self.gate is not None or self.no_quotes:
            at, value, word, where = self.gate or ("", "unknown", "", self.member)
            raw = "; ".join(filter(None, (word, "nobody may quote" if self.no_quotes else "")))
            yield self.setting("who-can-reply-and-quote", value, raw, at or None, where)
        for names, state, reason in (
            (self.others, "unknown", "another app keeps this in your account: shown as text, its meaning is not known"),
            (self.dead, "ignored", "of Bluesky's first months, without words of yours"),
        ):
            for name, count in sorted(names.items()):
                yield Coverage(
                    platform=NAME,
                    account=self.account,
                    state=state,  # type: ignore[arg-type]
                    member=f"{self.member}: {name}",
                    reason=f"{reason} ({count} record{'s' if count > 1 else ''})",
                    count=1,
                )
        if self.cut:
            self.warnings.append("The file stops in the middle, so part of your account is not in it: download it again.")
        elif self.missing:
            self.warnings.append(
                f"{self.missing} part(s) of your account are named in the file but are not in it, or are damaged: "
                "download it again."
            )
        if self.account is None:
            self.warnings.append("The file does not say whose it is: download it again from Bluesky.")
        if self.far is not None:
            count, first, last = self.far
            days = " and ".join(dict.fromkeys((say.iso(first)[:10], say.iso(last)[:10])))
            between = f"between {days}" if " and " in days else f"on {days}"
            self.warnings.append(
                f"{count} record(s) carry a date more than a day away from when they were put on Bluesky ({between}): "
                "the app that posted them set the date."
            )
        if self.others:
            self.warnings.append(
                f"Other apps keep records in your account, which anyone can read: {', '.join(sorted(self.others)[:10])}. "
                "To remove any, use the app that made them."
            )
        self.warnings.append(
            "Bluesky's file has no messages, mutes, followers or pictures, and names people by a number (DID): "
            "look at your messages and followers in the app."
        )


def on_disk(a: Account, member: str) -> Path | None:
    """The file itself, where a member is one."""
    inner = a.tree.members[member].inner
    return inner if isinstance(inner, Path) else None
