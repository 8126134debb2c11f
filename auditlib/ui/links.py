"""Where a post is: a link that is safe to offer, or directions. Nothing is opened by the program; the person may."""

from __future__ import annotations

from urllib.parse import urlsplit

from . import words

# The platforms' own hosts, 2026-11. A link to any other place is shown as text only: an export can hold links made by
# anyone, and a post's "own" address that leads elsewhere is exactly what must not be one click away.
HOSTS: dict[str, tuple[str, ...]] = {
    "x": ("x.com", "twitter.com"),
    "facebook": ("facebook.com",),
    "messenger": ("messenger.com", "facebook.com"),
    "instagram": ("instagram.com",),
    "threads": ("threads.net", "threads.com"),
    "tiktok": ("tiktok.com",),
    "snapchat": ("snapchat.com",),
    "linkedin": ("linkedin.com",),
    "youtube": ("youtube.com",),
    "google-maps": ("google.com",),
    "pinterest": ("pinterest.com", "pinterest.co.uk"),
    "reddit": ("reddit.com",),
    "discord": ("discord.com",),
    "bluesky": ("bsky.app",),
    "tumblr": ("tumblr.com",),
    "strava": ("strava.com",),
}

DIRECTIONS = {
    "x": "On X, open your profile and scroll to {day}, or search for: from:{account} with a few of the words.",
    "facebook": "On Facebook, open your profile, choose the three dots, then Activity log, and go to {day}.",
    "messenger": "In Messenger, open the conversation and scroll to {day}.",
    "instagram": "On Instagram, open your profile, then the menu, then Your activity, and go to {day}.",
    "threads": "On Threads, open your profile and scroll to {day}.",
    "tiktok": "On TikTok, open your profile, then the menu, then Settings and privacy, then Activity centre.",
    "linkedin": "On LinkedIn, open your profile, then Activity, then Show all, and scroll to {day}.",
    "youtube": "On YouTube, open your history, then Comments, and look for {day}.",
    "reddit": "On Reddit, open your profile, then Posts or Comments, and scroll to {day}.",
}
CONVERSATION = "On {platform}, open your messages, find this conversation and scroll to {day}."
PROFILE = "On {platform}, open your own profile and choose to edit it."
ANYWHERE = "Open {platform}, go to your own profile or activity, and look for {day}."


def safe_link(platform: str, url: str | None) -> str | None:
    """Return `url` when it is an https address on the platform's own site, without user name or odd port; else None."""
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
    if any(host == own or host.endswith("." + own) for own in HOSTS.get(platform, ())):
        return url
    return None


def directions(platform: str, account: str | None, at: str | None, kind: str = "post") -> str:
    """Return where to look for something on the platform when there is no link, in one sentence."""
    pattern = {"conversation": CONVERSATION, "message": CONVERSATION, "profile": PROFILE}.get(
        kind, DIRECTIONS.get(platform, ANYWHERE)
    )
    if "{account}" in pattern and not account:
        pattern = ANYWHERE
    found = words.day(at)
    return pattern.format(
        day="its date" if found == "date not given" else found,
        account=(account or "").lstrip("@"),
        platform=words.platform(platform),
    )
