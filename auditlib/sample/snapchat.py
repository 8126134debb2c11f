"""The sample's Snapchat export: the JSON folder of "My Data", in its layout since 2023."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from auditlib.sample import people, words
from auditlib.sample.package import Files, picture, plain_json
from auditlib.sample.words import ME, Line, Thread

_ROOT = "mydata~1791531900417"


def files() -> Files:
    """Return every file of the export, below the folder that names it."""
    made = {f"json/{name}.json": plain_json(value, indent=2) for name, value in _documents().items()}
    made["index.html"] = b"<html><body><h1>My Data</h1></body></html>\n"
    made["shared_story/2022-06-09_5b1f0c1e-3333-4444-8555-666677778888.jpg"] = picture(4)
    made["memories/2024-08-10_5b1f0c1e-3333-4444-8555-666677779999-main.jpg"] = picture(5)
    return {f"{_ROOT}/{name}": content for name, content in made.items()}


def _documents() -> dict[str, Any]:
    return {
        "account": {
            "Basic Information": {
                "Username": people.SNAPCHAT_USER, "Name": "marnz 🍞", "Creation Date": _day("2015-12-25"),
                "Registration IP": "", "Country": "GB", "Last Active": "October 2026", "PhoneNumber": people.PHONE},
            "Device Information": {"Make": "", "OS Type": "", "Language": "en-GB"},
            "Device History": [], "Login History": [],
        },
        "account_history": {
            "Display Name Change": [
                {"Date": _day("2019-10-01"), "Display Name": "marnz 🍞"},
                {"Date": _day("2015-12-25"), "Display Name": "marnz da legend"}],
            "Email Change": [{"Date": _day("2021-07-20"), "Email Address": people.EMAIL}],
            "Mobile Number Change": [], "Password Change": "", "Spectacles": 0,
            "Two-Factor Authentication": [], "Account deactivated / reactivated": {},
            "Download My Data Reports": [],
        },
        "chat_history": {thread.other: [_message(thread, line) for line in thread.lines[::-1]]
                         for thread in words.threads("snapchat")},
        "friends": _friends(),
        "snap_history": {"callumf": [{
            "From": "callumf", "Media Type": "IMAGE", "Created": _day("2026-09-30"), "Conversation Title": None,
            "IsSender": False, "Created(microseconds)": 1790769600000}]},
        "shared_story": {"Shared Story": [
            {"Created": _day("2022-06-09"), "Content": "forty paper crowns and only one of them is straight"},
            {"Created": _day("2023-12-16"), "Content": "mulled wine is just hot drunk 🍷 so so drunk"}]},
        "memories_history": {"Saved Media": [{
            "Date": _day("2024-08-10"), "Media Type": "Image", "Location": "Latitude, Longitude: 0.0, 0.0",
            "Download Link": "https://app.snapchat.com/dmd/memories?x=1"}]},
        "story_history": {"Your Story Views": [
            {"Story Date": _day("2023-12-16"), "Story Views": 61, "Story Replies": 2}], "Friend and Public Story Views": []},
        "snap_map_places_history": {"Snap Map Places History": [{
            "Date": _day("2024-08-10"), "Place": "Coldharbour Pier", "Place Location": "51.0 ± 20.0, -1.9 ± 20.0",
            "Share Type": "Story Post"}]},
        "user_profile": {"App Profile": {"Country": "GB"}, "Subscriptions": ["Otters Daily"], "Engagement": [],
                         "Interest Categories": ["Baking"]},
        "terms_history": {"Terms of Service and Privacy Policy Acceptance History": [
            {"Version": "9", "Acceptance Date": _day("2024-01-02")}]},
    }  # fmt: skip


def _friends() -> dict[str, Any]:
    def rows(people_: tuple[tuple[str, str, str], ...], source: str) -> list[dict[str, str]]:
        return [
            {"Username": handle, "Display Name": name, "Creation Timestamp": _day(day),
             "Last Modified Timestamp": _day(day), "Source": source}
            for handle, name, day in people_
        ]  # fmt: skip

    return {
        "Friends": rows(people.SNAPCHAT_FRIENDS, "Added by Username"),
        "Friend Requests Sent": rows(people.SNAPCHAT_SENT, "Added by Username"),
        "Blocked Users": rows(people.SNAPCHAT_BLOCKED, "Added by Quick Add"),
        "Deleted Friends": rows(people.SNAPCHAT_DELETED, "Added by phone"),
        "Hidden Friend Suggestions": [],
        "Ignored Snapchatters": [],
        "Pending Requests": rows(people.SNAPCHAT_PENDING, "Added by Quick Add"),
        "Shortcuts": [],
    }


def _message(thread: Thread, line: Line) -> dict[str, Any]:
    mine = line.middle == ME
    return {
        "From": people.SNAPCHAT_USER if mine else line.middle, "Media Type": "TEXT", "Created": _time(line.at),
        "Content": line.text, "Conversation Title": thread.title if thread.group else None, "IsSender": mine,
        "Created(microseconds)": line.seconds * 1000, "IsSaved": True, "Media IDs": "",
    }  # fmt: skip


def _day(day: str) -> str:
    return _time(words.day(day))


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
