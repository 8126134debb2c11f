"""The sample's LinkedIn export: the complete archive as of 2026, one CSV file for each kind."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from auditlib.sample import people, words
from auditlib.sample.package import Files, table
from auditlib.sample.words import ME, Line, Thread

_IN, _UPDATE = "https://www.linkedin.com/in/", "https://www.linkedin.com/feed/update/"
_SLUGS = {f"{first} {last}": slug for first, last, slug, *_ in people.LINKEDIN_LINKS}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOTES = (
    b'Notes:\n"Where an e-mail address is missing, the person shows theirs to nobody: that is a choice in the settings."\n\n'
)


def files() -> Files:
    """Return every file of the export."""
    return _posts() | _people() | _profile() | {"messages.csv": _messages()}


def _posts() -> Files:
    shares = [
        (_time(line.at), _UPDATE + quote(f"urn:li:share:{_activity(line.at)}", safe=""), line.text,
         "" if line.text else _UPDATE + "urn:li:activity:7000000000000000900", "", line.middle)
        for line in words.read("linkedin_posts")
    ]  # fmt: skip
    comments = [
        (_time(line.at), f"{_UPDATE}urn:li:activity:{line.middle}", line.text) for line in words.read("linkedin_comments")
    ]
    given = ("Gareth", "Pellbrook", "Larkmoor Primary School", "Higher Level Teaching Assistant",
             "Gareth is the calmest person I know in a room of thirty. He taught me everything about glue.",
             "05 Jul 2025", "VISIBLE")  # fmt: skip
    got = ("Priya", "Sandringford", "Larkmoor Primary School", "Class Teacher", "Marnie is never late with the toast.",
           "08 Jul 2025", "VISIBLE")  # fmt: skip
    recommended = ("First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status")
    return {
        "Shares.csv": table(
            ("Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"), shares[::-1]
        ),
        "Comments_41700417.csv": table(("Date", "Link", "Message"), comments[::-1]),
        "Reactions.csv": table(("Date", "Type", "Link"), [
            ("2026-04-20 13:09:00", "LIKE", _UPDATE + "urn:li:activity:7000000000000000205"),
            ("2024-06-06 20:29:00", "ENTERTAINMENT", _UPDATE + "urn:li:activity:7000000000000000203")]),
        "Votes.csv": table(("Date", "Link", "OptionText"), [
            ("2025-11-02 12:00:00", _UPDATE + "urn:li:activity:7000000000000000311", "Break duty in the rain")]),
        "Recommendations_Given.csv": table(recommended, [given]),
        "Recommendations_Received.csv": table(recommended, [got]),
        "SearchQueries.csv": table(("Time", "Search Query"), [("2025/06/01 10:00:00 UTC", "special school jobs near me")]),
    }  # fmt: skip


def _people() -> Files:
    links = [
        (first, last, _IN + slug if slug else "", "", company, position, _day(words.day(day)))
        for first, last, slug, company, position, day in people.LINKEDIN_LINKS
    ]
    header = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
    me = (people.NAME, _IN + people.LINKEDIN_SLUG)
    return {
        "Connections.csv": _NOTES + table(header, links[::-1]),
        "Invitations.csv": table(
            ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"), [
                ("Darren Applegarth", me[0], "9/29/26, 7:02 PM", "Hi Miss O, it's Lily's dad from Sunflower class",
                 "INCOMING", _IN + "darren-applegarth", me[1]),
                (me[0], "Odette Grange", "9/1/26, 8:15 AM", "", "OUTGOING", me[1], _IN + "odette-grange")]),
        "Company Follows.csv": table(("Organization", "Followed On"), [("The Chiltern School", "18 Jul 2025")]),
        "ImportedContacts.csv": table(
            ("FirstName", "MiddleName", "LastName", "Emails", "PhoneNumbers", "Title", "Location", "CreatedAt", "UpdatedAt"),
            [("Tess", "", "Oakhanger", "", "+447700900232", "", "", "7/19/21, 9:30 AM", "")]),
    }  # fmt: skip


def _profile() -> Files:
    employers = [
        ("The Chiltern School", "Teaching Assistant", "Sunflower class", "Brackenford", "Sep 2025", ""),
        ("Larkmoor Primary School", "Breakfast Club and Teaching Assistant",
         "Sixty slices in nine minutes.", "Larkmoor", "Apr 2022", "Jul 2025"),
    ]  # fmt: skip
    return {
        "Profile.csv": table(
            ("First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary", "Industry", "Zip Code",
             "Geo Location", "Twitter Handles", "Websites", "Instant Messengers"), [
                ("Marnie", "Oakhanger", "", people.HOME, "May 14", "Teaching Assistant at The Chiltern School | toast, otters",
                 "I like children who ask why.", "Education", "", "Brackenford, England", f"[{people.X_HANDLE}]",
                 f"[PERSONAL:https://{people.WORDPRESS_HOST}/]", "")]),
        "Positions.csv": table(
            ("Company Name", "Title", "Description", "Location", "Started On", "Finished On"), employers),
        "Education.csv": table(("School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"), [
            ("University of Coldharbour", "2018", "2021", "", "BA Childhood Studies", "")]),
        "Email Addresses.csv": table(("Email Address", "Confirmed", "Primary", "Updated On"), [
            (people.EMAIL, "Yes", "Yes", "2021-07-20 09:00:41 UTC")]),
        "PhoneNumbers.csv": table(("Extension", "Number", "Type"), [("", people.PHONE, "Mobile")]),
        "Skills.csv": table(("Name",), [("Phonics",), ("Toast",)]),
        "Registration.csv": table(("Registered At", "Registration Ip", "Subscription Types"), [
            ("7/19/21, 8:50 AM", "", "")]),
    }  # fmt: skip


def _messages() -> bytes:
    header = ("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
              "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS")  # fmt: skip
    rows = [_message(thread, line) for thread in words.threads("linkedin") for line in thread.lines[::-1]]
    return table(header, rows, quoted=True)


def _message(thread: Thread, line: Line) -> tuple[str, ...]:
    sides = [(people.NAME, people.LINKEDIN_SLUG), (thread.title, _SLUGS[thread.title])]
    sender, reader = sides if line.middle == ME else sides[::-1]
    return (thread.other, "", sender[0], _IN + sender[1], reader[0], _IN + reader[1], _time(line.at) + " UTC", "", line.text,
            "INBOX", "")  # fmt: skip


def _activity(at: datetime) -> int:
    return int(at.timestamp() * 1000) << 22  # the time stands in an activity's number


def _day(at: datetime) -> str:
    return f"{at.day:02} {_MONTHS[at.month - 1]} {at.year}"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
