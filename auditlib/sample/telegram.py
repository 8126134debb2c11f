"""The sample's Telegram export: a whole account from Telegram Desktop as JSON, the folder zipped by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from auditlib.sample import people, words
from auditlib.sample.package import Files, picture, plain_json
from auditlib.sample.words import ME, Line, Thread

_FOLDER = "DataExport_2026-10-09"
_ABOUT = "Here is the data you asked for."
_TYPES = {"chat": "personal_chat", "group": "private_group", "saved": "saved_messages"}
_GROUP = 4170012345


def files() -> Files:
    """Return every file of the export."""
    return {
        f"{_FOLDER}/result.json": plain_json(_document(), indent=1),
        f"{_FOLDER}/profile_pictures/photo_1.jpg": picture(6),
    }


def _document() -> dict[str, Any]:
    first, _, last = people.NAME.partition(" ")
    contacts = [
        {"user_id": number, "first_name": name.split()[0], "last_name": name.split()[1], "phone_number": phone,
         **_dates(words.day("2022-09-03"))}
        for name, (number, phone) in people.TELEGRAM_PEOPLE.items() if phone
    ]  # fmt: skip
    return {
        "about": _ABOUT,
        "personal_information": {
            "user_id": people.TELEGRAM_ID, "first_name": first, "last_name": last,
            "phone_number": people.PHONE, "username": "@marnietoast", "bio": "mostly crumbs"},
        "profile_pictures": [{**_dates(words.day("2022-09-03")), "photo": "profile_pictures/photo_1.jpg"}],
        "contacts": {"about": _ABOUT, "list": contacts},
        "frequent_contacts": {"about": _ABOUT, "list": [
            {"id": people.TELEGRAM_PEOPLE["Callum Frayne"][0], "category": "people", "type": "user",
             "name": "Callum Frayne", "rating": 2.25}]},
        "sessions": {"about": _ABOUT, "list": []},
        "other_data": {"about_meta": _ABOUT, "help": ""},
        "chats": {"about": _ABOUT, "list": [_chat(thread) for thread in words.threads("telegram")]},
        "left_chats": {"about": _ABOUT, "list": []},
    }  # fmt: skip


def _chat(thread: Thread) -> dict[str, Any]:
    kind = thread.box.removeprefix("telegram-")
    number = {"group": _GROUP, "saved": people.TELEGRAM_ID}.get(kind) or people.TELEGRAM_PEOPLE[thread.title][0]
    name = {} if kind == "saved" else {"name": thread.title}
    messages = [_message(line, 100 + place) for place, line in enumerate(thread.lines)]
    if kind == "group":
        messages.insert(0, {
            "id": 99, "type": "service", **_dates(words.day("2024-03-01")), "actor": "Odette Grange",
            "actor_id": f"user{people.TELEGRAM_PEOPLE['Odette Grange'][0]}", "action": "create_group",
            "title": thread.title, "members": [people.NAME], "text": "", "text_entities": []})  # fmt: skip
    return {**name, "type": _TYPES[kind], "id": number, "messages": messages}


def _message(line: Line, number: int) -> dict[str, Any]:
    sender = people.NAME if line.middle == ME else line.middle
    own = people.TELEGRAM_ID if line.middle == ME else people.TELEGRAM_PEOPLE[sender][0]
    link = next((word for word in line.text.split() if word.startswith("https://")), "")
    rest = line.text.removeprefix(link)
    parts = [{"type": "link", "text": link}] if link else []
    entities = [*parts, *([{"type": "plain", "text": rest}] if rest else [])]
    return {
        "id": number, "type": "message", **_dates(line.at), "from": sender, "from_id": f"user{own}",
        "text": [*parts, rest] if link else line.text, "text_entities": entities,
    }  # fmt: skip


def _dates(at: datetime) -> dict[str, str]:
    local = at + timedelta(hours=4 <= at.month <= 10)  # British summer time, near enough: no line is of its first or last days
    return {"date": f"{local:%Y-%m-%dT%H:%M:%S}", "date_unixtime": str(int(at.timestamp()))}
