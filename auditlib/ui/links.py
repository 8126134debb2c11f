"""Where a post is: a link that is safe to offer, or directions. Nothing is opened by the program; the person may."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .. import platforms
from . import words

# The platforms' own hosts, 2026-11. A link to any other place is shown as text only: an export can hold links made by
# anyone, and a post's "own" address that leads elsewhere is exactly what must not be one click away.
# A link to any place but a platform's own is shown as text only: an export can hold links made by anyone, and a post's "own"
# address that leads elsewhere is exactly what must not be one click away. "@": the host is in the account's own name.
OWN_HOST = re.compile(r"(?:^|@|\()((?:[a-z0-9-]+\.)+[a-z]{2,})\)?$", re.IGNORECASE)
CONVERSATION = "On {platform}, open your messages, find this conversation and scroll to {day}."
PROFILE = "On {platform}, open your own profile and choose to edit it."
ANYWHERE = "Open {platform}, go to your own profile or activity, and look for {day}."


def safe_link(platform: str, url: str | None, account: str | None = None) -> str | None:
    """Return `url` when it is an https address on the platform's own site, without user name or odd port; else None.

    The site of a blog, a forum or a Mastodon server is the one in `account` (`wren@toot.example`, `wren (talk.example)`).
    """
    if not url or not url.startswith("https://") or any(c.isspace() or ord(c) < 33 or c == "\\" for c in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if parts.username is not None or port not in (None, 443) or "@" in parts.netloc:
        return None
    sites = platforms.sites(platform)
    if "@" in sites and account and (own_host := OWN_HOST.search(account)):
        sites = (*sites, own_host[1].lower())
    if any(host == own or host.endswith("." + own) for own in sites if own != "@"):
        return url
    return None


def directions(platform: str, account: str | None, at: str | None, kind: str = "post") -> str:
    """Return where to look for something on the platform when there is no link, in one sentence."""
    pattern = {"conversation": CONVERSATION, "message": CONVERSATION, "profile": PROFILE}.get(
        kind, platforms.finding(platform) or ANYWHERE
    )
    if "{account}" in pattern and not account:
        pattern = ANYWHERE
    found = words.day(at)
    return pattern.format(
        day="its date" if found == "date not given" else found,
        account=(account or "").lstrip("@"),
        platform=words.platform(platform),
    )
