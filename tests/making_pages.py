"""Small invented web pages as Meta's exports hold them (2022 onward), and chats of Messenger's end-to-end download."""

import json
from typing import Any


def page(*blocks: str, title: str = "A page") -> bytes:
    """A page with its style sheet, chrome and main part; line ends are the page's own."""
    head = f'<meta charset="utf-8"><style>._a6-g {{ color: red }}</style><title>{title}</title>'
    chrome = '<nav><a href="https://www.facebook.com/help">Help</a></nav>'
    main = "\n".join((f'<h1 class="_a70e">{title}</h1>', *blocks))
    body = f'{chrome}<div class="_a706" role="main">{main}</div>'
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>{body}</body></html>\n".encode()


def block(heading: str, body: str, date: str, link: str = "") -> str:
    """One entry: heading, words, date, and the platform's own link to it."""
    head = f'<h2 class="_2ph_ _a6-h">{heading}</h2>' if heading else ""
    when = f'<div class="_a72d">{date}</div>' if date else ""
    when = f'<a href="{link}">{when}</a>' if link else when
    inside = f'{head}<div class="_a6-p"><div>{body}</div></div><footer class="_a6-o">{when}</footer>'
    return f'<section class="_3-95 _a6-g">{inside}</section>'


def pinned(*lines: str) -> str:
    """The body of a post: a box for each part."""
    return "".join(f'<div class="_2pin"><div>{line}</div></div>' for line in lines)


def said(who: str, text: str, date: str = "Nov 14, 2023 10:13:20 pm", reactions: str = "") -> str:
    """One message; reactions stand in a list under it."""
    under = f'<ul class="_a6-q"><li><span>{reactions}</span></li></ul>' if reactions else ""
    return block(who, f"<div></div><div>{text}</div><div></div><div>{under}</div>", date)


def table(*pairs: tuple[str, str], wide: bool = False) -> str:
    """Labelled values: two cells a row, or one with the value in a box of its own."""
    if wide:
        rows = "".join(f'<tr><td colspan="2" class="_a6_q">{k}<div><div>{v}</div></div></td></tr>' for k, v in pairs)
    else:
        rows = "".join(f'<tr><td class="_a6_q">{k}</td><td class="_a6_r">{v}</td></tr>' for k, v in pairs)
    return f"<table>{rows}</table>"


def sealed(people: list[str], *messages: dict[str, Any], name: str = "") -> bytes:
    """One chat of the end-to-end download, in plain UTF-8."""
    chat = {"participants": people, "threadName": name or f"{people[0]}_1", "messages": list(messages)}
    return json.dumps(chat, ensure_ascii=False, indent=1).encode()


def sent(who: str, text: str, at: int, **more: Any) -> dict[str, Any]:
    """One message of it; `at` in seconds."""
    return {"senderName": who, "text": text, "timestamp": at * 1000, "type": "text", "isUnsent": False, "media": []} | more
