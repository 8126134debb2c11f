"""The sample's WordPress blog: one XML file (WXR 1.2), as a blog of one's own exports it."""

from __future__ import annotations

import html
from datetime import datetime
from email.utils import format_datetime

from auditlib.sample import people, words
from auditlib.sample.words import Line

_WEB = f"https://{people.WORDPRESS_HOST}"
_LOGIN = "marnie"
_SPACES = (
    ("excerpt", "http://wordpress.org/export/1.2/excerpt/"), ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"), ("wp", "http://wordpress.org/export/1.2/"),
)  # fmt: skip


def document() -> bytes:
    """Return the file."""
    spaces = "".join(f' xmlns:{name}="{address}"' for name, address in _SPACES)
    items = [_item(line, 11 + number) for number, line in enumerate(words.read("wordpress"))]
    made = [
        '<?xml version="1.0" encoding="UTF-8" ?>', f'<rss version="2.0"{spaces}>', "<channel>",
        "<title>Toast and Otters</title>", f"<link>{_WEB}</link>", "<description>Notes of a trainee</description>",
        f"<pubDate>{format_datetime(people.WORDPRESS_EXPORTED)}</pubDate>", "<language>en-GB</language>",
        "<wp:wxr_version>1.2</wp:wxr_version>", f"<wp:base_site_url>{_WEB}</wp:base_site_url>",
        f"<wp:base_blog_url>{_WEB}</wp:base_blog_url>", _author(), *items, "</channel>", "</rss>", "",
    ]  # fmt: skip
    return "\n".join(made).encode()


def _author() -> str:
    first, _, last = people.NAME.partition(" ")
    facts = {"author_id": "1", "author_login": _LOGIN, "author_email": people.EMAIL, "author_display_name": people.NAME,
             "author_first_name": first, "author_last_name": last}  # fmt: skip
    return "<wp:author>" + "".join(f"<wp:{name}>{_data(value)}</wp:{name}>" for name, value in facts.items()) + "</wp:author>"


def _item(line: Line, number: int) -> str:
    status, kind = line.options.get("status", "publish"), line.options.get("type", "post")
    title, text = line.parts
    draft = status == "draft"
    slug = "-".join("".join(letter if letter.isalnum() else " " for letter in title.lower()).split())
    path = f"?p={number}" if draft else f"{slug}/" if kind == "page" else f"{line.at:%Y/%m}/{slug}/"
    body = "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{html.escape(part, quote=False)}</p>\n<!-- /wp:paragraph -->" for part in text.split("\n\n")
    )
    fields = {
        "title": _data(title), "link": f"{_WEB}/{path}", "pubDate": format_datetime(line.at), "dc:creator": _data(_LOGIN),
        "description": "", "content:encoded": _data(body), "excerpt:encoded": _data(""), "wp:post_id": str(number),
        "wp:post_date": _data(_time(line.at)),
        "wp:post_date_gmt": _data("0000-00-00 00:00:00" if draft else _time(line.at)), "wp:post_name": _data(slug),
        "wp:status": _data(status), "wp:post_parent": "0", "wp:post_type": _data(kind), "wp:post_password": _data(""),
    }  # fmt: skip
    comment = _comments(line) if title == "Week six" else ""
    return "<item>\n" + "".join(f"<{name}>{value}</{name}>\n" for name, value in fields.items()) + comment + "</item>"


def _comments(line: Line) -> str:
    """A reader's comment and her answer, under one post."""
    theirs = ("Deborah Oakhanger", "deborah.oak@example.com", "0", "So proud of you. Get some sleep. Mum x")
    hers = (people.NAME, people.EMAIL, "1", "MUM. This is the internet.")
    made = ""
    for number, (who, mail, user, text) in enumerate((theirs, hers), 41):
        fields = {
            "comment_id": str(number), "comment_author": _data(who), "comment_author_email": _data(mail),
            "comment_author_url": "", "comment_date": _data(_time(line.at)), "comment_date_gmt": _data(_time(line.at)),
            "comment_content": _data(text), "comment_approved": _data("1"), "comment_type": _data("comment"),
            "comment_parent": "0" if user == "0" else "41", "comment_user_id": user,
        }  # fmt: skip
        inner = "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in fields.items())
        made += f"<wp:comment>{inner}</wp:comment>\n"
    return made


def _data(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
