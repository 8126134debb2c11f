"""Medium: a zip of small web pages. Posts and responses lie in one folder, and the export does not say which is which.

Format facts: brennanbrown/meddler (its description of the export). There are no followers, messages, tags or settings in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from auditlib.dates import from_iso
from auditlib.markup import words
from auditlib.platforms import _bodies as bodies
from auditlib.platforms._feeds import host_and_path
from auditlib.platforms._medium import FILE, NAME, Reader, handle_of, having, labelled, link_of, listed, moment, text_of
from auditlib.records import Connection, Item, ProfileFact, Quoted, Record, Relation, ReplyTo
from auditlib.text import digest
from auditlib.ways import Asking, Ignored, Rows

TITLE = "Medium"
MARKERS = (
    re.compile(rf"^(?P<root>(?:.*/)?)posts/{FILE}"),
    re.compile(r"^(?P<root>(?:.*/)?)(?:users-following|pubs-following|topics-following|claps|highlights)/"
               r"(?:users-following|pubs-following|topics-following|claps|highlights)-\d{4}\.html$"),
    re.compile(r"^(?P<root>(?:.*/)?)blocks/blocked-users-\d{4}\.html$"),
)  # fmt: skip
SNIFF = re.compile(rb"<article class=\"h-entry\">.{0,3000}?class=\"(?:p-name|e-content|p-summary)\"", re.DOTALL)
SITES: tuple[str, ...] = ("medium.com",)
FIND = "On Medium, press your picture, then Stories or Responses, and look for {day}."
NOT_HELD = (
    "stories", "reposts", "messages", "reviews", "friends", "followers", "requests", "address-book", "settings",
)  # fmt: skip
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Medium's Settings, Security and apps, Download your information",
    steps=(
        "Sign in to medium.com in a browser.",
        "Choose your picture, then Settings, then Security and apps.",
        "Choose Download your information and confirm.",
        "A link to a zip comes by e-mail.",
    ),
)
SHORT = 1500  # characters of a text that can be a response
_NAMED = re.compile(r"^(?P<at>\d{4}-\d\d-\d\d|draft)_(?P<slug>.*)-(?P<id>[0-9a-f]+)\.html$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def post(root: Any, a: Reader) -> Iterable[Record]:
    """A post, response or draft. The body repeats title and subtitle as its first headings."""
    file = _NAMED.match(a.member.rsplit("/", 1)[-1])
    canonical = link_of(root, "p-canonical")
    viewed = next((e.get("href") or "" for e in root.iter("a") if (e.text or "").strip(" .").lower() == "view original"), "")
    stem = a.member.rsplit("/", 1)[-1].removesuffix(".html")
    # the number's length varies: what follows the last hyphen
    own = file["id"] if file else _last(canonical) or stem.rsplit("-", 1)[-1]
    time = next((e.get("datetime") for e in having(root, "dt-published") if e.tag == "time"), None)
    at = from_iso(time)
    draft = file["at"].lower() == "draft" if file else at is None and not canonical
    if at is None and not draft and file:
        at = from_iso(file["at"])
    title = text_of(root, "h1", "p-name") or next((words(e) for e in root.iter("title")), "")
    content = next(having(root, "e-content"), None)
    if content is None:
        content = next((e for e in root.iter("section") if e.get("data-field") == "body"), None)
    body, headed = (bodies.Body(), False) if content is None else _body(content, title)
    subtitle = next((words(e) for e in root.iter("section") if e.get("data-field") == "subtitle"), "")
    response = not draft and not headed and _is_response(title, body.text)
    a.responses += response
    if subtitle and not response and _plain(subtitle).rstrip("….") not in _plain(body.text):
        body = body._replace(text=f"{subtitle}\n\n{body.text}".strip())
    if not a.once(own):
        return
    more: dict[str, Any] = {"state": "draft"} if draft else {}
    if response:
        more["reply_to"] = ReplyTo()
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="comment" if response else "post",
        key=f"{a.prefix}post:{own}",
        id=own,
        at=at,
        title=None if response else title or None,
        text=body.text,
        author="me",
        author_name=text_of(root, "a", "p-author") or a.display or a.account,
        audience="private" if draft else "public",
        media=body.media,
        links=body.links,
        url=canonical or viewed or f"https://medium.com/p/{own}",
        **more,
    )


def _last(address: str) -> str:
    """The number at the end of a post's address."""
    tail = host_and_path(address)[1].rstrip("/").rsplit("/", 1)[-1].rsplit("-", 1)[-1]
    return tail if re.fullmatch(r"[0-9a-f]{6,16}", tail) else ""


def _body(content: Any, title: str) -> tuple[bodies.Body, bool]:
    """The body without the headings that repeat title and subtitle, and whether it has headings at all."""
    headed = False
    for element in list(content.iter("h1", "h2", "h3", "h4")):
        headed = True
        marks = (element.get("class") or "").split()
        if (
            "graf--title" in marks
            or "graf--subtitle" in marks
            or (bodies.is_small(element, 50) and _plain(words(element)) == _plain(title))
        ):
            tail, parent = element.tail, element.getparent()
            if tail and tail.strip():
                element.clear()
                element.tail = tail
            elif parent is not None:
                parent.remove(element)
    return bodies.of_element(content), headed


def _is_response(title: str, text: str) -> bool:
    """An answer to someone: short, without a heading, and its title only its own first words."""
    first = _plain(title).rstrip("….").strip()
    return bool(first) and len(text) <= SHORT and _plain(text).startswith(first)


def profile(root: Any, a: Reader) -> Iterable[Record]:
    """Name, e-mail address and handle."""
    said = dict(labelled(root))
    yield from _facts(
        a,
        ("handle", a.account or ""),
        ("name", said.get("display name", "") or text_of(root, "h3", "p-name")),
        ("email", said.get("email address", "") or said.get("email", "")),
    )


def about(root: Any, a: Reader) -> Iterable[Record]:
    """The page about the person, in their words."""
    sections = [e for e in root.iter("section") if e.get("data-field") == "body"] or list(having(root, "e-content"))
    yield from _facts(a, ("bio", words(sections[0] if sections else _without_heading(root))))


def _without_heading(root: Any) -> Any:
    for element in list(root.iter("header", "footer", "h1")):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return root


def _facts(a: Reader, *found: tuple[Any, str]) -> Iterator[Record]:
    for fact, value in found:
        key = f"{a.prefix}profile:{fact}:{digest(value)}"
        if value and a.once(key):
            yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=fact, value=value)


def people(relation: Relation) -> Callable[[Any, Reader], Iterable[Record]]:
    """A function for one kind of list: `li a[href]`."""

    def each(root: Any, a: Reader) -> Iterable[Record]:
        for entry in listed(root):
            link = next(entry.iter("a"), None)
            address = (link.get("href") or "").strip() if link is not None else ""
            name = words(entry if link is None else link)
            handle = handle_of(address)
            who = handle or address or name
            key = f"{a.prefix}{relation}:{handle or digest(address or name)}"
            if who and a.once(key):
                shown = None if name.lstrip("@") == handle else name or None
                url = address if address.startswith("http") else None
                yield Connection(
                    platform=NAME,
                    account=a.account,
                    where=a.where,
                    key=key,
                    relation=relation,
                    handle=handle,
                    name=shown,
                    url=url,
                )
            a.position += 1

    return each


def acts(what: str) -> Callable[[Any, Reader], Iterable[Record]]:
    """Claps (`+3 - title`) and highlights (the words marked): the person's acts on other people's texts."""

    def each(root: Any, a: Reader) -> Iterable[Record]:
        for entry in listed(root):
            link = next(entry.iter("a"), None)
            address = (link.get("href") or "").strip() if link is not None else ""
            marked = next(having(entry, "markup--highlight"), None)
            at = next((moment(t) for t in entry.iter("time")), None)
            paragraph = next(entry.iter("p"), None)
            chosen = marked if marked is not None else link if link is not None else paragraph
            text = words(chosen) if chosen is not None else ""
            identifier = _last(address) or None
            key = f"{a.prefix}{what}:{identifier if what == 'clap' and identifier else digest(at, address, text)}"
            if (text or address) and a.once(key):
                yield Item(
                    platform=NAME,
                    account=a.account,
                    where=a.where,
                    kind="reaction",
                    key=key,
                    id=identifier,
                    at=at,
                    text=text,
                    author="me",
                    author_name=a.display or a.account,
                    quoted=Quoted(identifier, handle_of(address), text or None),
                    url=address if address.startswith("http") else None,
                )
            a.position += 1

    return each


def reading_list(root: Any, a: Reader) -> Iterable[Record]:
    """A list of the person's: its name and description are their words, the texts on it are others'."""
    stem = a.member.rsplit("/", 1)[-1].removesuffix(".html")
    title = text_of(root, "h1", "p-name") or next((words(e) for e in root.iter("title")), "")
    about = text_of(root, "h2", "p-summary") or text_of(root, "section", "p-summary")
    own = stem.rpartition("-")[2]
    at = next((moment(e) for e in having(root, "dt-published") if e.tag == "time"), None)
    address = next((h for e in root.iter("a") if "/list/" in (h := e.get("href") or "")), None)
    if title or about:
        yield Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="other",
            key=f"{a.prefix}list:{own or digest(title)}",
            id=own or None,
            at=at,
            title=title or None,
            text=about,
            author="me",
            author_name=a.display or a.account,
            url=address if address and address.startswith("http") else None,
        )


FILES: Rows = (
    (r"posts/[^/]+\.html?$", bodies.page(post)),
    (r"profile/profile\.html$", bodies.page(profile)),
    (r"profile/about\.html$", bodies.page(about)),
    (r"users-following/[^/]+\.html$", bodies.page(people("following"))),
    (r"pubs-following/[^/]+\.html$", bodies.page(people("following"))),
    (r"blocks/[^/]+\.html$", bodies.page(people("blocked"))),
    (r"claps/[^/]+\.html$", bodies.page(acts("clap"))),
    (r"highlights/[^/]+\.html$", bodies.page(acts("highlight"))),
    (r"topics-following/[^/]+\.html$", bodies.page(people("following"))),
    (r"lists/[^/]+\.html$", bodies.page(reading_list)),
    (r"(?:bookmarks|interests)/", Ignored("what you saved or may like: not your words")),
    (r"twitter/", Ignored("people Medium suggested to you")),
    (r"profile/publications\.html$", Ignored("publications you may write for: no words of yours")),
    (r"(?:sessions|partner-program)/|ips\.html$", Ignored("sign-ins, addresses and payments")),
    (r"(?:\d{4}-\d\d-\d\d|draft)_[^/]*-[0-9a-f]+\.html$", bodies.page(post)),  # a post handed over on its own
    (r"README\.html$", Ignored("the export's own list of what is in it")),
)
