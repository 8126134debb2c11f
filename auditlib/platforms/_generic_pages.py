"""Posts on a web page of any site: the rows of a table, or blocks told by a class or tag, each with what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from auditlib.markup import links, words
from auditlib.platforms._generic_names import FIELDS, chosen, guess, is_sure
from auditlib.platforms._quotes import own_words

Element = Any  # lxml ships no types
Called = Callable[[Element], bool]
_TAGS = ("time", "article", "blockquote")
_MOST_NAMES = 2000
_BY = re.compile(r"^(?:posted\s+)?by:?\s+", re.IGNORECASE)


def mapping(root: Element, answers: dict[str, str]) -> tuple[Element | None, dict[str, str]]:
    """`(table, columns)` for a page that holds its posts in a table with a header, else `(None, classes or tags by field)`."""
    for table in root.iter("table"):
        header = _header(table)
        found = chosen(header, answers) if answers else guess(header)
        if is_sure(found) or (answers.get("text") and "text" in found):
            return table, found
    known = _classes(root)
    if answers:
        said = [n.strip().lstrip(".#") for n in answers.values()]
        return None, chosen([*dict.fromkeys([*said, *known])], {f: n.strip().lstrip(".#") for f, n in answers.items()})
    return None, guess(known)


def names(root: Element) -> list[str]:
    """What on a page may hold words: the columns of its tables, then its classes and tags."""
    return [*(name for table in root.iter("table") for name in _header(table)), *_classes(root)]


def _header(table: Element) -> list[str]:
    row = next(table.iter("tr"), None)
    cells = [cell for cell in row if cell.tag in ("th", "td")] if row is not None else []
    return ["" if next(cell.iter("table"), None) is not None else words(cell) for cell in cells]  # tables nest without end


def _classes(root: Element) -> list[str]:
    """Classes in the order in which they are met, then tags that mean something by themselves."""
    found: dict[str, None] = {}
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in ("html", "head", "body", "script", "style"):
            found.update(dict.fromkeys((element.get("class") or "").split()))
            if element.tag in _TAGS:
                found[element.tag] = None
        if len(found) > _MOST_NAMES:
            break
    return list(found)


def rows(root: Element, answers: dict[str, str]) -> Iterator[dict[str, str]]:
    """The posts of a page, each as texts by field, and of what it quotes `quoted` and `quoted author`."""
    table, found = mapping(root, answers)
    _absolute(root)
    if table is not None:
        yield from _of_table(table, found)
    elif "text" in found:
        yield from _of_blocks(root, found)


def _absolute(root: Element) -> None:
    """Write out the page's links where it says its own address: a saved page may hold them as `./viewtopic.php?p=1`."""
    said = [e.get("href") for e in root.iter("base")]
    said += [e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    said += [e.get("content") for e in root.iter("meta") if e.get("property") == "og:url"]
    address = next((a.strip() for a in said if a and a.strip().startswith(("http://", "https://"))), "")
    for element in root.iter("a") if address else ():
        href = (element.get("href") or "").strip()
        if href and ":" not in href.partition("/")[0]:
            with suppress(ValueError):
                element.set("href", urljoin(address, href))


def _said(element: Element) -> dict[str, str]:
    """The words of a post, the links in them, and what it quotes of others."""
    text, quoted = own_words(element)
    made = {"text": text}
    if inside := links(element):
        made["links"] = " ".join(inside)
    if quoted is not None:
        made |= {"quoted": quoted.text or "", "quoted author": quoted.author or ""}
    return made


def _of_table(table: Element, found: dict[str, str]) -> Iterator[dict[str, str]]:
    names = _header(table)
    own = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    for number, row in enumerate(own):
        cells = [cell for cell in row if cell.tag in ("th", "td")]
        if number and cells:
            by_name = dict(zip(names, cells, strict=False))
            made = {field: _value(field, by_name[name]) for field, name in found.items() if name in by_name and field != "text"}
            if found["text"] in by_name:
                made |= _said(by_name[found["text"]])
            yield made


def _called(root: Element, name: str) -> Called:
    """Which elements a name means on this page: those of the class; where it is no class, of the tag or id."""

    def in_class(element: Element) -> bool:
        return isinstance(element.tag, str) and name in (element.get("class") or "").split()

    def in_tag(element: Element) -> bool:
        return isinstance(element.tag, str) and (element.tag == name.lower() or element.get("id") == name)

    return in_class if any(in_class(element) for element in root.iter()) else in_tag


def _first(element: Element, wanted: Called) -> Element | None:
    return next((one for one in element.iter() if wanted(one)), None)


def _of_blocks(root: Element, found: dict[str, str]) -> Iterator[dict[str, str]]:
    texts: list[Element] = []
    wanted = {field: _called(root, name) for field, name in found.items()}
    for element in root.iter():
        if wanted["text"](element) and not any(above is texts[-1] for above in element.iterancestors() if texts):
            texts.append(element)
    held: Counter[Element] = Counter()
    for element in texts:
        held.update([element, *element.iterancestors()])
    before: dict[str, bool] = {}  # where a field stands beside its block: before it, or behind it
    for element in texts:
        around = element
        while (above := around.getparent()) is not None and held[above] == 1:
            around = above
        made = _said(element)
        for field in FIELDS[1:]:
            if field in wanted and (there := _near(around, wanted[field], held, before, field)) is not None:
                made[field] = _value(field, there)
        dated = _near(around, wanted["date"], held, before, "date") if "date" in wanted and "link" not in made else None
        if dated is not None:
            for one in (dated, *dated.iterancestors("a")):  # forums link the date to the post
                if address := _address(one):
                    made["link"] = address
                    break
        yield made


def _near(around: Element, wanted: Called, held: Counter[Element], before: dict[str, bool], field: str) -> Element | None:
    """The element of this name inside a block, or else between it and its neighbours."""
    if (inside := _first(around, wanted)) is not None:
        return inside
    for preceding in (True, False):
        if before.get(field, preceding) is not preceding:
            continue
        for beside in around.itersiblings(preceding=preceding):
            if held[beside]:
                break
            if isinstance(beside.tag, str) and (there := _first(beside, wanted)) is not None:
                before[field] = preceding
                return there
    return None


def _value(field: str, element: Element) -> str:
    if field == "link":
        return _address(element) or words(element)
    if field == "date":
        time = element if element.tag == "time" else next(element.iter("time"), element)
        return (time.get("datetime") or words(element) or element.get("title") or "").strip()
    if field == "author":
        named = next((e for e in element.iter() if e is not element and "username" in (e.get("class") or "").lower()), element)
        return _BY.sub("", words(named))
    return words(element)


def _address(element: Element) -> str:
    href = (element.get("href") or "").strip()
    return href if href.startswith(("http://", "https://")) else next(iter(links(element)), "")
