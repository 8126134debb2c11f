"""What the tables of a Discourse archive share: whose it is, of which forum, what is private."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from auditlib.archive import READ_ERRORS
from auditlib.csvtable import table
from auditlib.dates import from_utc
from auditlib.jsonstream import Broken
from auditlib.markup import plain
from auditlib.reading import Account
from auditlib.records import Item, Record

NAME = "discourse"
_ARCHIVE = re.compile(r"user_archive-(?P<name>[^/]+?)-(?P<day>\d{6})-(?P<time>\d{6})")
_FORUM = re.compile(r"(?P<base>https?://(?P<host>[^/\s?#@]+)(?:/[^/\s?#]+)*?)/t/")
_MOST = 200  # rows looked at for the forum's address
# `is_pm` is a word in the language of the account.
_NO = frozenset(
    [
        "no",
        "non",
        "nein",
        "não",
        "nao",
        "nej",
        "nei",
        "nee",
        "ne",
        "nie",
        "нет",
        "ні",
        "hayır",
        "ei",
        "nu",
        "όχι",
        "否",
        "不",
        "不是",
        "いいえ",
        "아니요",
        "아니오",
        "لا",
        "לא",
        "false",
        "0",
    ]
)
_YES = frozenset(
    [
        "yes",
        "oui",
        "ja",
        "sí",
        "si",
        "sim",
        "tak",
        "да",
        "так",
        "evet",
        "kyllä",
        "da",
        "ναι",
        "是",
        "はい",
        "예",
        "네",
        "نعم",
        "כן",
        "true",
        "1",
    ]
)
POSTS = re.compile(r"(?:^|/)user_archive(?!_profile)[^/]*\.csv$", re.IGNORECASE)


class Reader(Account):
    """Whose archive, and of which forum: one name may be used on several."""

    platform = NAME

    def begin(self) -> None:
        """Names of the person from preferences.json or the name of the archive, the forum from the first address."""
        self.username: str | None = None
        self.base = ""
        self.told: set[str] = set()
        self.usual: str | None = None
        self.tables = [p for p in self.members if POSTS.search(p) or p in self.ways]
        self.several = len(self.tables) > 1
        self.attempt(self._owner)
        host = ""
        for url in self._column("url"):
            if found := _FORUM.match(url.strip()):
                self.base, host = found["base"], found["host"]
                break
        self.account = f"{self.username} ({host})" if self.username and host else self.username
        self.prefix = f"{NAME}:{host or '?'}:{self.username or '?'}:"
        self.any_message = False
        names = {path.rsplit("/", 1)[-1] for path in self.members}
        newer = names & {"preferences.json", "auth_tokens.csv", "visits.csv", "queued_posts.csv"}
        self.era = "2021 onward" if newer else "before 2021"

    def _owner(self) -> None:
        for name in (self.tree.name, *self.members):
            if found := _ARCHIVE.search(name):
                self.username = found["name"]
                day, time = found["day"], found["time"]
                stamp = f"20{day[:2]}-{day[2:4]}-{day[4:]} {time[:2]}:{time[2:4]}:{time[4:]}"
                self.edition = from_utc(stamp) or ""
                break
        document = self.document(r"preferences\.json")
        user = document.get("user", document) if isinstance(document, dict) else {}
        if isinstance(user, dict) and isinstance(user.get("username"), str):
            self.username = user["username"] or self.username

    def _column(self, name: str, most: int = _MOST) -> list[str]:
        """The first cells of one column of the posts."""
        cells: list[str] = []
        for path in self.tables:
            try:
                with self.tree.open(path) as stream:
                    for _, rows in table(stream, (name, name)):
                        cells += [row[0] for row in rows]
                        if len(cells) >= most:
                            break
            except (Broken, *READ_ERRORS):
                continue
        return cells

    def settle(self) -> None:
        """Say what the archive leaves out."""
        if not self.tables:
            self.warnings.append(
                "The table of your posts (user_archive.csv) is not here: choose the whole zip that the forum sent you."
            )
        if self.username is None:
            self.warnings.append("The archive does not say whose it is: choose the zip under the name the forum gave it.")

    def finish(self) -> Iterator[Record]:
        """Say what is known of the private messages."""
        if self.any_message:
            self.warnings.append(
                "The forum does not export whom your private messages went to, nor the answers: open them on the forum to see."
            )
        yield from ()

    def usual_word(self) -> str:
        """The word that most posts have in `is_pm`: in a language not known here, "no"."""
        if self.usual is None:
            counted = Counter(cell.strip().casefold() for cell in self._column("is pm", 1 << 62))
            self.usual = counted.most_common(1)[0][0] if counted else ""
        return self.usual

    def item(self, kind: Any, key: str, identifier: str | None, at: str | None, text: str, **more: Any) -> Item:
        """An item of a lesser kind, by the person."""
        return Item(
            platform=NAME,
            account=self.account,
            where=self.where,
            kind=kind,
            key=self.prefix + key,
            id=identifier,
            at=at,
            text=text,
            author="me",
            author_name=self.username,
            **more,
        )


def is_message(word: str, categories: str, a: Reader) -> bool:
    """Whether a row is a private message: by its word, by a category that is not shown, else by the rarer word."""
    said = word.strip().casefold()
    if said in _YES or categories.strip() == "-":
        return True
    return bool(said) and said not in _NO and said != a.usual_word()


def full(address: str) -> str | None:
    """An absolute address; None for anything else."""
    return address if address.startswith(("https://", "http://")) else None


def words_of(raw: str, cooked: str) -> str:
    """What was typed (Markdown); where an archive holds only the page's form, its words."""
    return raw.replace("\r\n", "\n") if raw.strip() else plain(cooked)
