"""The fixed words of a declaration: statements, answers, reasons, sentences, outcomes.

All of it is data. What a person or a school may choose is listed here and nowhere else; a payload holds the ids (and,
for statements, the wording that was shown). Ids and words are only ever added to: an old document is drawn again from
its ids, so a word that has appeared on a document can't change. Source: the declaration tables of the design page.
"""

from __future__ import annotations

from typing import NamedTuple


class Statement(NamedTuple):
    """One thing the person is asked to say. `wording` is the default; a school may word it itself."""

    id: str
    clauses: tuple[str, ...]
    wording: str
    answers: tuple[str, ...]


YES, NOT_APPLICABLE, DISCUSS = "yes", "not-applicable", "discuss"
_ALL = (YES, NOT_APPLICABLE, DISCUSS)
_FIRM = (YES, DISCUSS)
_POSTS = ("school-name", "colleagues", "confidentiality", "copyright", "harassment", "discrimination", "defamation")

STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "looked-back",
        ("offence", *_POSTS, "threat"),
        "I have looked back over what I have posted, as far as the scope above says, and dealt with what I judged "
        "should go.",
        _ALL,
    ),
    Statement("settings", ("access", "personal-info"), "I have checked who can see my pages and posts.", _ALL),
    Statement(
        "pupils",
        ("pupil-contact",),
        "I have no pupils of the school among my online contacts and will not accept their invitations, or I have said "
        "that I want to discuss it.",
        _FIRM,
    ),
    Statement("families", ("family-contact",), "I have thought about online contact with pupils’ families.", _ALL),
    Statement(
        "channels", ("work-channels",), "I will talk to pupils online only through the school’s own systems.", _FIRM
    ),
    Statement("log-ins", ("log-ins",), "I will not share work log-ins or passwords.", _FIRM),
    Statement(
        "contact-details",
        ("phone", "email"),
        "I keep my own phone numbers and e-mail addresses private from pupils and parents.",
        _FIRM,
    ),
    Statement(
        "from-now-on",
        (*_POSTS, "assume-public"),
        "I understand what the policy asks of what I post, and that anything posted can become public.",
        _FIRM,
    ),
    Statement(
        "doubts",
        ("refer",),
        "If in doubt about a contact I will tell a member of the senior leadership team.",
        _FIRM,
    ),
    Statement(
        "policy-read",
        ("consequences",),
        "I have read and understood the policy, and that a false declaration may be a conduct matter.",
        _FIRM,
    ),
)
BY_ID: dict[str, Statement] = {s.id: s for s in STATEMENTS}

ANSWERS = {YES: "Yes", NOT_APPLICABLE: "Not applicable", DISCUSS: "I want to discuss this"}

STATEMENT_OF_TRUTH = "What I say here is true and complete as far as I know and could find out."
TICK = "I mean my typed name to be my signature."

STAFF_GROUPS = {
    "teacher": "Teacher",
    "support-staff": "Support staff",
    "leader": "Leader",
    "governor": "Governor",
    "volunteer": "Volunteer",
    "supply-or-agency": "Supply or agency",
    "trainee": "Trainee",
    "other": "Other",
}

ROUTES = {
    "archive": "With my downloaded archive",
    "hand": "By hand, on screen",
    "not-held": "I have no account",
    "not-audited": "I have an account, not looked at yet",
}
REASONS = {
    "archive-not-arrived": "archive not arrived",
    "cannot-log-in": "can’t log in",
    "account-lost-or-closed": "account lost or closed",
    "looked-by-hand": "looked by hand",
    "prefer-to-discuss": "I prefer to discuss",
}
SETTINGS = {"complete": "Complete", "partly": "Partly", "not-done": "Not done", "not-applicable": "Not applicable"}

COULD_NOT_READ = {
    "pictures-video-sound": "Pictures, video and sound.",
    "deleted-or-expired": "What has been deleted or has expired.",
    "end-to-end": "Messages that are kept end-to-end encrypted only.",
    "others-posts": "Other people’s posts about me.",
    "damaged-file": "A file that was damaged.",
}

CONNECTIONS = {"done": "Done", "not-done": "Not done", "not-applicable": "Not applicable"}
WISHES = {"nothing-to-raise": "I have nothing to raise", "wish-to-speak": "I wish to speak to someone"}
REFERRALS = {
    "none": "No",
    "slt": "Yes, with a member of the senior leadership team",
    "headteacher": "Yes, with the headteacher",
    "dsl": "Yes, with the designated safeguarding lead",
    "union-first": "Yes, after I have spoken to my union",
}
CONTACTS = {
    "": "Not stated",
    "work-email": "By work e-mail",
    "work-phone": "By work telephone",
    "in-person": "In person",
    "through-hr": "Through HR",
}
YES_NO = {"": "Not stated", "yes": "Yes", "no": "No"}

PLATFORMS = {
    "x": "X (Twitter)",
    "facebook": "Facebook",
    "messenger": "Messenger",
    "instagram": "Instagram",
    "threads": "Threads",
    "tiktok": "TikTok",
    "snapchat": "Snapchat",
    "linkedin": "LinkedIn",
    "youtube": "YouTube",
    "google-maps": "Google Maps reviews",
    "pinterest": "Pinterest",
    "reddit": "Reddit",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "discord": "Discord",
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "tumblr": "Tumblr",
    "wordpress": "WordPress",
    "blogger": "Blogger",
    "medium": "Medium",
    "discourse": "Discourse forum",
    "strava": "Strava",
    "generic": "Another website or forum",
    "other": "Another platform",
}

COMPLETE = "complete"
COMPLETE_DISCUSS = "complete, discussion requested"
PAPER_ROUTE, SUPERSEDED = "paper route", "superseded"
NOT_RECEIVED, NOT_VERIFIED = "not received", "could not be verified"
