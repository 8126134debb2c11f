"""TikTok: one JSON object (`user_data_tiktok.json`, before 2025 `user_data.json`), or text files in a folder for each category.

No media is in either: videos are addresses that expire. Keys stay English whatever language the account is in.
Format facts: d3i-infra/data-donation-task, what-if-data-donation (structures of real exports), RLEAPP, ttwrapped, PanoptiCool.
"""

from __future__ import annotations

import re

from auditlib.platforms import _tiktok_text as text
from auditlib.platforms._tiktok import Reader as Reader
from auditlib.platforms._tiktok_json import document
from auditlib.reading import Asking, Ignored, Rows, Stream

NAME, TITLE = "tiktok", "TikTok"
_FOLDERS = (
    r"Activity|Your Activity|Likes and Favorites|Profile|Profile And Settings|App Settings|Comments?|Posts?|Videos?|"
    r"Direct Messages?|TikTok Live|TikTok Shop(?:ping)?|Ads and data|Income[^/]*|Location Review|Poi Review|Hashtag"
)
_ONLY_HERE = (
    r"Like List|Favorite (?:Videos|HashTags|Sounds|Effects)|Watch Live (?:History|settings)|Go Live (?:History|settings)|"
    r"Off TikTok Activity"
)
# The JSON is one file, often handed over on its own among other downloads: it goes by its first bytes and name.
MARKERS = (re.compile(rf"^(?P<root>(?:[^/]+/)*?)(?:{_FOLDERS})/(?:{_ONLY_HERE})\.txt$", re.IGNORECASE),)
_TOPS = (
    "Profile|Profile And Settings|Activity|Your Activity|App Settings|Comment|Video|Post|Direct Messages?|Likes and Favorites|"
    "Tik[Tt]ok Live|Ads and data|Income Plus Wallet Transactions|Income\\+ Wallet|Poi Review|Location Review|"
    "Tik[Tt]ok Shop(?:ping)?"
)
_SECTIONS = (
    "Comments(?:List)?|Direct Messages|Chat History|Group Chat|Tako Chat History|Posts|Videos|Recently ?Deleted ?Posts|Story|"
    "Profile Info(?:rmation)?|Auto ?[Ff]ill|Like List|Favorite [A-Z]\\w+|Follower(?: List)?|Following(?: List)?|"
    "Block(?: List)?|"
    "Settings|Watch History|Video Browsing History|Search(?:es| History)|Share History|Reposts|Login History|Hashtag|Status|"
    "Most Recent Location Data|Off TikTok Activity|Usage Data From Third-Party Apps|Instant Form Ads Responses|Ad Interests|"
    "POI Review|Location Reviews|Watch Live \\w+|Go Live \\w+|Transaction History|Purchase[\\w ]*|Content Preferences"
)
_START = r"^(?:\xef\xbb\xbf)?\s*"
_OPENING = re.compile((rf'{_START}\{{\s*"(?:{_TOPS})"\s*:\s*\{{\s*"(?:{_SECTIONS})"\s*:').encode("latin-1"))
# These tops are nobody else's, whatever section comes first in them.
_ITS_OWN = re.compile(
    (
        rf'{_START}\{{\s*"(?:Likes and Favorites|Profile And Settings|Income Plus Wallet Transactions|Income\+ Wallet|'
        r'Tik[Tt]ok Shop(?:ping)?|Tik[Tt]ok Live|Poi Review)"\s*:\s*\{'
    ).encode("latin-1")
)
_KEYS = re.compile((rf'(?<!\\)"({_TOPS})"\s*:\s*[\{{n]').encode("latin-1"))
_LISTS = re.compile(
    rb'(?<!\\)"(?:VideoList|CommentsList|ItemFavoriteList|FansList|ChatHistory|ProfileMap|BlockList|RepostList|ReviewsList|'
    rb'SettingsMap|PostList|FavoriteVideoList|SearchList|WatchLiveMap)"\s*:'
)
_CHATS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*>>>\s*Chat History with ")
_BLOCK = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*Date:+ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^\n]*\n(?:Comment|User ?name|Link|Watch Time):"
)
_NAMED = re.compile(
    r"(^|/)(Comments|Direct Messages|Posts?|Like List|Favorite Videos|Follower(?: List)?|Following(?: List)?|Block List|"
    r"(?:Browsing|Watch) History|Location Reviews|Reposts)( ?\(\d+\))?\.txt$",
    re.IGNORECASE,
)


def SNIFF(head: bytes, name: str) -> bool:
    """Whether these first bytes are TikTok's: a known section in a known top-level part, two such parts and a known list,
    or its text forms."""
    if name.lower().endswith(".json"):
        if _OPENING.match(head) or _ITS_OWN.match(head) or re.match(r"user_data_tiktok", name, re.IGNORECASE):
            return True
        return len(set(_KEYS.findall(head))) > 1 and _LISTS.search(head) is not None
    return bool(_CHATS.match(head) or (_NAMED.search(name) and _BLOCK.match(head)))


_SEEN = Ignored("what you watched, searched for, saved or shared: not your words, and nobody else sees it")
_OTHER = Ignored("advertising, shopping, log-ins, devices and whereabouts: no words of yours")
FILES: Rows = (
    (r"[^/]*\.json$", Stream(document)),
    (r"profile info(rmation)?\.txt$", Stream(text.PROFILE)),
    (r"auto ?fill\.txt$", Stream(text.AUTOFILL)),
    (r"((account )?settings|go live settings)\.txt$", Stream(text.SETTINGS)),
    (r"(posts?|videos)\.txt$", Stream(text.POSTS)),
    (r"recently ?deleted ?posts\.txt$", Stream(text.DELETED)),
    (r"comments\.txt$", Stream(text.COMMENTS)),
    (r"(direct messages|chat history)\.txt$", Stream(text.messages)),
    (r"like list\.txt$", Stream(text.LIKES)),
    (r"reposts?\.txt$", Stream(text.REPOSTS)),
    (r"(location reviews?|poi review)\.txt$", Stream(text.REVIEWS)),
    (r"watch live history\.txt$", Stream(text.LIVE_COMMENTS)),
    (r"go live history\.txt$", Stream(text.LIVES)),
    (r"follower( list)?\.txt$", Stream(text.FOLLOWERS)),
    (r"following( list)?\.txt$", Stream(text.FOLLOWING)),
    (r"block( list)?\.txt$", Stream(text.BLOCKED)),
    (r"(favorite \w+|(video )?browsing history|watch history|searches|search history|share history|hashtag|"
        r"watch live settings)\.txt$",
        _SEEN),
    (r"(login history|status|most recent location data|ad interests|off tiktok activity|purchases?|purchase history|"
        r"transaction history|instant form ads responses|usage data from third-party apps)\.txt$", _OTHER),
    (r"(?:.*/)?(?:tiktok shop(?:ping)?|ads and data|income[^/]*)/[^/]+\.txt$", _OTHER),
    (r"[^/]*(order|shop|return|refund|voucher|payment|product|customer support)[^/]*\.txt$", _OTHER),
)  # fmt: skip

# Not in the export, whatever is asked for: requests, muted accounts, stories' audience, contacts that were uploaded.
SITES: tuple[str, ...] = ("tiktok.com",)
FIND = "On TikTok, open your profile, then the menu, then Settings and privacy, then Activity centre."
NOT_HELD: tuple[str, ...] = ("requests", "friends", "address-book")
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Profile, menu, Settings and privacy: Download your data",
    steps=(
        "Open TikTok, go to your profile, open the menu and choose Settings and privacy.",
        "Look there for Download your data.",
        "Choose all your data and JSON, and send the request.",
        "Come back to the same page later and download the file.",
    ),
    choose="All data, all time; file format JSON, not TXT",
    url="https://www.tiktok.com/setting",
)
