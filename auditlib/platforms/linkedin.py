"""LinkedIn: "Get a copy of your data", CSV files in a zip, small (minutes) or complete (a day or two).

File names drift in case, spaces, underscores and, since 2026, a number behind the name; column sets vary: both are compared
normalised. Since 2021 a preamble stands before the header of Connections.csv.
"""

from __future__ import annotations

import re

from auditlib.csvtable import encoding_of, plain
from auditlib.platforms import _linkedin_messages as messages
from auditlib.platforms import _linkedin_people as people
from auditlib.platforms import _linkedin_posts as posts
from auditlib.platforms._linkedin import Reader
from auditlib.platforms._linkedin_forms import NUMBERED, file
from auditlib.reading import Asking, Ignored, Page, Rows, Table

__all__ = ["ASK", "FILES", "MARKERS", "NAME", "NOT_HELD", "NOT_YET", "SNIFF", "TITLE", "TOGETHER", "Reader"]

NAME, TITLE = "linkedin", "LinkedIn"
_ONLY_HERE = (
    "Company Follows", "Member Follows", "Rich Media", "Recommendations Given", "Recommendations Received", "InstantReposts",
    "guide messages", "Endorsement Given Info", "Endorsement Received Info", "Ad Targeting", "Inferences about you",
    "Profile Summary", "learning role play messages", "learning coach messages", "Causes You Care About",
    "Whatsapp Phone Numbers",
)  # fmt: skip
MARKERS = (
    re.compile(rf"^(?P<root>(?:.*/)?)(?:{'|'.join(file(name) for name in _ONLY_HERE)})", re.IGNORECASE),
    re.compile(r"^(?P<root>(?:.*/)?(?:Basic|Complete)_LinkedInDataExport_[^/]*/)[^/]+\.csv$", re.IGNORECASE),
)
TOGETHER = ("Profile.csv", "Positions.csv")
_HEADERS = tuple(frozenset(names.split(",")) for names in (
    "first name,connected on", "conversation id,from,content", "from,to,sent at,direction", "date,sharelink,sharecommentary",
    "date,link,message", "date,type,link", "date,link,optiontext", "first name,last name,maiden name,headline",
    "company name,title,started on,finished on", "media link,time", "media link,date/time", "organization,followed on",
    "first name,last name,job title,text,creation date", "endorsement date,skill name", "school name,degree name,activities",
    "email address,confirmed,primary", "extension,number,type",
))  # fmt: skip
_PREAMBLE = 10  # rows looked at: a preamble may stand before the header


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a CSV file on its own has a header that only LinkedIn writes."""
    text = head.decode(encoding_of(head), "replace").replace("\0", "")
    for line in text.splitlines()[:_PREAMBLE]:
        found = {plain(cell.strip('"')) for cell in re.split("[,;\t]", line)}
        if any(names <= found for names in _HEADERS):
            return True
    return False


SITES: tuple[str, ...] = ("linkedin.com",)
FIND = "On LinkedIn, open your profile, then Activity, then Show all, and scroll to {day}."
NOT_HELD = ("stories", "reviews", "followers", "blocked")
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="LinkedIn's settings: Get a copy of your data",
    steps=(
        "Open LinkedIn in a browser and look in the settings for Get a copy of your data.",
        "Choose the larger data archive, not single boxes, and send the request.",
        "A small download may come first, in minutes: your posts are not in it. Wait for the complete one.",
    ),
    choose="The larger data archive: connections, messages, posts and comments, and everything else.",
    wait="The small part comes within minutes, the larger archive within a day or two.",
    url="https://www.linkedin.com/psettings/data-visibility",
)

_PRIVATE = Ignored("searches, log-ins, payments, courses and what LinkedIn infers about you: nothing that you published")
_COACH = Ignored("your talks with LinkedIn's assistants: only you can see them")
_JOBS = Ignored("job searches, applications and saved jobs: private between you and employers")
_BELIEFS = Ignored("causes you support: left out on purpose, as they may say what you believe in")
_LISTS = Ignored("lists of single words on your profile: skills and languages")

_SIX = ("first name", "last name", "company", "job title", "text", "creation date", "status")
_CONTACT = (
    "firstname|first name", "middlename|middle name", "lastname|last name", "fullname|full name", "emails",
    "phonenumbers|phone numbers", "createdat|created at",
)  # fmt: skip


def _endorsement(who: str) -> tuple[str, ...]:
    return (
        "endorsement date",
        "skill name",
        f"{who} first name",
        f"{who} last name",
        f"{who} public url",
        "endorsement status",
    )


FILES: Rows = (
    (file("Profile"), Table(people.profile, (
        "first name", "last name", "maiden name", "address", "birth date", "headline", "summary", "zip code", "geo location",
        "twitter handles", "websites"))),
    (file("Profile Summary"), Table(people.about, ("profile summary",))),
    (file("Email Addresses"), Table(people.email, ("email address",))),
    (r"(?:whatsapp[ _]*)?phone[ _]*numbers" + NUMBERED, Table(people.phone, ("number", "extension"))),
    (file("Positions"), Table(people.position, (
        "company name", "title", "description", "location", "started on", "finished on"))),
    (file("Education"), Table(people.education, ("school name", "notes", "degree name", "activities"))),
    (file("Connections"), Table(people.connection, (
        "first name", "last name", "url", "connected on", "company", "position"), ("first name", "connected on"))),
    (file("Invitations"), Table(messages.invitation, (
        "from", "to", "sent at", "message", "direction", "inviterprofileurl", "inviteeprofileurl"))),
    (file("Member Follows"), Table(people.followed, ("date", "status", "fullname|full name"), ("date", "fullname"))),
    (file("Company Follows"), Table(people.company, ("organization|organisation", "followed on"))),
    (r"(?:imported[ _]*)?contacts" + NUMBERED, Table(people.contact, _CONTACT)),
    (file("Shares"), Table(posts.share, ("date", "sharelink", "sharecommentary", "sharedurl", "mediaurl", "visibility"))),
    (file("Comments"), Table(posts.comment, ("date", "link", "message"))),
    (file("Reactions"), Table(posts.reaction, ("date", "type", "link"))),
    (r"instant[ _]*reposts" + NUMBERED, Table(posts.repost, ("date", "link"))),
    (file("Votes"), Table(posts.vote, ("date", "link", "optiontext|option text"))),
    (r"articles/.*\.html?$", Page(posts.article)),
    (file("Rich Media"), Table(posts.upload, ("date/time|time|date", "media description", "media link"))),
    (file("Events"), Table(posts.event, ("event name", "event time", "status", "external url"))),
    (file("Recommendations Given"), Table(people.recommendation(True), _SIX)),
    (file("Recommendations Received"), Table(people.recommendation(False), _SIX)),
    (file("Endorsement Given Info"), Table(people.endorsement(True), _endorsement("endorsee"))),
    (file("Endorsement Received Info"), Table(people.endorsement(False), _endorsement("endorser"))),
    (file("Projects"), Table(people.section("project"), people.SECTION)),
    (file("Publications"), Table(people.section("publication"), people.SECTION)),
    (file("Honors"), Table(people.section("honour"), people.SECTION)),
    (file("Volunteering"), Table(people.section("volunteering"), people.SECTION)),
    (file("Patents"), Table(people.section("patent"), people.SECTION)),
    (file("Organizations"), Table(people.section("organisation"), people.SECTION)),
    (file("Test Scores"), Table(people.section("test"), people.SECTION)),
    (file("Courses"), Table(people.section("course"), people.SECTION)),
    (file("Certifications"), Table(people.section("certification"), people.SECTION)),
    (r"(?:guide|learning[ _]*role[ _]*play|learning[ _]*coach|coach)[ _]*messages" + NUMBERED, _COACH),
    (file("messages"), Table(messages.message, messages.COLUMNS)),
    (file("Job Seeker Preferences"), Table(people.job_seeker)),
    (r"jobs/[^/]+\.csv$", _JOBS),
    (r"(?:saved[ _]*job[ _]*alerts|job[ _]*applica\w*|saved[ _]*jobs)" + NUMBERED, _JOBS),
    (file("Causes You Care About"), _BELIEFS),
    (r"(?:skills|languages)" + NUMBERED, _LISTS),
    (r"verifications?/", Ignored("proofs of who you are: private")),
    (r"services[ _]*marketplace/", Ignored("offers and requests of the services marketplace: private between you and clients")),
    (r"(?:search[ _]*queries|saved[ _]*items|registration|logins|security[ _]*challenges|receipts\w*|learning|ads[ _]*clicked|"
        r"ad[ _]*targeting|inferences[ _]*about[ _]*you|private[ _]*identity[ _]*asset|lan[ _]*ads[ _]*engagement|"
        r"digital[ _]*learning\w*|hashtag[ _]*follows)[^/]*\.csv$", _PRIVATE),
)  # fmt: skip
