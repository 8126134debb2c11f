"""Snapchat: "My Data", one or more zips `mydata~<digits>.zip`; only the first holds `json/` and `html/`, the others media.

Ordinary snaps and stories expire and are in none of it. Usernames stay those of the beginning in old exports.
Format facts: RLEAPP, chats-and-memories-vault-for-snapchat-export, snapchat-memories-extractor.
"""

from __future__ import annotations

import re

from auditlib.platforms import _snapchat_records as of
from auditlib.platforms._snapchat import Reader as Reader
from auditlib.platforms._snapchat_chats import read as chats
from auditlib.platforms._snapchat_pages import read as page
from auditlib.reading import Asking, Ignored, Rows, Stream

NAME, TITLE = "snapchat", "Snapchat"
_ONLY_HERE = (
    "snap_history|memories_history|talk_history|shared_story|story_history|snap_pro|snap_map_places_history|snapchat_ai|"
    "account_history|snapchat_plus|bitmoji|cameos_metadata|community_lenses|in_app_surveys|email_campaign_history"
)
_DAY = r"\d{4}-\d\d-\d\d_"
MARKERS = (
    re.compile(r"^(?P<root>(?:.*/)?mydata~\d+(?:-\d+)?(?: ?\(\d+\))?/)"),
    re.compile(rf"^(?P<root>(?:.*/)?)(?:json/(?:{_ONLY_HERE})\.json|html/(?:{_ONLY_HERE})\.html)$"),
    # a further part, which holds pictures only
    re.compile(rf"^(?P<root>(?:.*/)?)chat_media/{_DAY}(?:b~|media~|overlay~|thumbnail~|metadata~|[0-9a-f]{{32}}\.)"),
    re.compile(
        rf"^(?P<root>(?:.*/)?)memories/{_DAY}[0-9A-Fa-f]{{8}}(?:-[0-9A-Fa-f]{{4}}){{3}}-[0-9A-Fa-f]{{12}}-(?:main|overlay)\."
    ),
)
TOGETHER = ("json/account.json", "json/friends.json")
# A single file, or a download of one category: `json/` is common to several platforms, so the keys decide.
SNIFF = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*\{\s*(?:"
    rb'"Basic Information"\s*:\s*\{\s*"(?:Username|Name|Creation Date|Email)"'
    rb'|"(?:Friends|Friend Requests Sent|Blocked Users|Deleted Friends|Pending Requests|Hidden Friend Suggestions|'
    rb'Ignored Snapchatters)"\s*:\s*\[\s*(?:\{\s*"(?:Username|Display Name)"|'
    rb'\]\s*,\s*"(?:Friend|Blocked|Deleted|Hidden|Ignored|Pending))'
    rb'|"(?:Received|Sent) (?:Saved Chat|Unsaved Chat|Snap) History"\s*:'
    rb'|"Saved Media"\s*:\s*\[\s*\{\s*"(?:Date|Media Type)"'
    rb'|"(?:Shared Story|Your Story Views|Snap Map Places History|Display Name Change|Email Change|Mobile Number Change|'
    rb"Two-Factor Authentication|Snapchat Linked to Bitmoji|App Profile|Outgoing Calls|Frequent Locations|"
    rb'Home, School & Work)"\s*:'
    rb'|"[^"]{1,120}"\s*:\s*\[\s*\{\s*(?:"[^"]{1,40}"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\w.-]+)\s*,\s*)*?'
    rb'"(?:IsSender|Created\(microseconds\)|Media Type)"\s*:)'
)
_COPY = r"(?: ?\(\d+\))?"
_MINE = Ignored("what Snapchat notes about the account, advertising and purchases: no words of yours")
_AI = "your chats with Snapchat's assistant, in a form this version does not read: look through them by hand"
_LENSES = "lenses you published, in a form this version does not read: look through your public profile by hand"


def _json(stem: str, function: object) -> tuple[str, Stream]:
    return rf"{stem}{_COPY}\.json$", Stream(function)  # type: ignore[arg-type]


FILES: Rows = (
    _json("account", of.read_account),
    _json("account_history", of.read_history),
    _json("bitmoji", of.read_account),
    _json("friends", of.read_friends),
    _json("chat_history", chats("message")),
    _json("snap_history", chats("snap")),
    _json("shared_story", of.shared_stories),
    _json("snap_pro", of.read_profile),
    _json("snap_map_places_history", of.read_places),
    _json("(?:user_profile|subscriptions)", of.read_subscriptions),
    _json("location_history", of.read_location),
    _json("support_note", of.read_support),
    _json("memories_history", of.memories),
    _json("snapchat_ai", of.unless_empty(_AI)),
    _json("(?:community_lenses|spotlight\\w*)", of.unless_empty(_LENSES)),
    (r"talk_history[^/]*\.json$", Ignored("calls: when and how long, no words")),
    (r"story_history[^/]*\.json$", Ignored("how often stories were seen: no words")),
    (r"search_history[^/]*\.json$", Ignored("what you searched for: nobody else sees it")),
    (r"(connected_apps|terms_history|snapchat_plus|purchase_history|in_app_surveys|cameos_metadata|email_campaign_history|ranking)"
        r"[^/]*\.json$", _MINE),
    (r"(index|faq)[^/]*\.html?$", Ignored("the first page of the download: it only leads to the others")),
    (r"html/(?:connected_apps|terms_history|snapchat_plus|purchase_history|in_app_surveys|cameos_metadata|email_campaign_history|"
        r"ranking|talk_history|story_history|search_history|memories_history)[^/]*\.html?$", _MINE),
    (r"[^/]+\.html?$", Stream(page)),
)  # fmt: skip

# Privacy settings are in no export: only whether there is a public profile, and two-factor authentication's history.
SITES: tuple[str, ...] = ("snapchat.com",)
FIND = "In Snapchat, open your profile and look through your stories and your memories for {day}."
NOT_HELD: tuple[str, ...] = ("comments", "reposts", "reactions", "reviews", "followers", "address-book")
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Snapchat's settings (your profile, then the gear): My Data",
    steps=(
        "Open your profile, then the gear, and look for My Data.",
        "Choose what should be in it, and JSON as the format, then send the request.",
        "Come back to the same page when Snapchat says that the download is ready.",
        "Download every part; the first one, without -2, -3 … at its end, holds your chats and friends.",
    ),
    choose="Account, friends, chat history, shared stories and public profile; JSON as well as HTML; all time",
)
