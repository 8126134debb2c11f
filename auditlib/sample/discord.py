"""The sample's Discord package, as of 2024 and later: her own messages only, one folder for each channel."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from auditlib.sample import people, words
from auditlib.sample.package import Files, plain_json
from auditlib.sample.words import Line

_EPOCH_MS = 1420070400000  # Discord's own zero for ids
_SERVERS = {"316100000000000001": "Brackenford Bakers", "316100000000000002": "Quizzly bears"}
# name in words/discord.txt: (channel id, type, server or the other people, name in the index)
_CHANNELS: dict[str, tuple[str, str, str | tuple[str, ...], str]] = {
    "quiz": ("416100000000000011", "GUILD_TEXT", "316100000000000002", "answers-only"),
    "banter": ("416100000000000012", "GUILD_TEXT", "316100000000000002", "pub-banter"),
    "starter": ("416100000000000013", "GUILD_TEXT", "316100000000000001", "starter-nursery"),
    "callum": ("416100000000000014", "DM", ("204400000000000771",), "Direct Message with callumfrayne#0"),
    "jonah": ("416100000000000015", "DM", ("204400000000000772",), "Direct Message with jonahbuilds13#0"),
}  # fmt: skip


def files() -> Files:
    """Return every file of the package."""
    lines = words.read("discord")
    made: Files = {"README.txt": b"About this package.\n"}
    index = {}
    for name, (channel, kind, where, shown) in _CHANNELS.items():
        own = [line for line in lines if line.middle == name]
        about: dict[str, Any] = {"id": channel, "type": kind}
        if isinstance(where, str):
            index[channel] = f"{shown} in {_SERVERS[where]}"
            about |= {"name": shown, "guild": {"id": where, "name": _SERVERS[where]}}
        else:
            index[channel] = shown
            about |= {"recipients": [*where, people.DISCORD_ID]}
        made[f"Messages/c{channel}/channel.json"] = plain_json(about)
        made[f"Messages/c{channel}/messages.json"] = _messages(own)
    made["Messages/index.json"] = plain_json(index)
    made["Servers/index.json"] = plain_json(_SERVERS)
    for server, title in _SERVERS.items():
        made[f"Servers/{server}/guild.json"] = plain_json({"id": server, "name": title})
    made["Account/user.json"] = plain_json(_user(), indent=2)
    return made


def _messages(lines: Iterable[Line]) -> bytes:
    rows = [
        {"ID": (line.seconds * 1000 - _EPOCH_MS) << 22, "Timestamp": f"{line.at:%Y-%m-%d %H:%M:%S}", "Contents": line.text,
         "Attachments": ""}
        for line in lines
    ]  # fmt: skip
    return json.dumps(rows[::-1], ensure_ascii=False).encode()


def _user() -> dict[str, Any]:
    links = [
        {"id": number, "type": kind, "user_ignored": False,
         "user": {"id": number, "username": user, "global_name": shown or None, "discriminator": 0}}
        for number, user, shown, kind in people.DISCORD_LINKS
    ]  # fmt: skip
    return {
        "id": people.DISCORD_ID, "username": people.DISCORD_USER, "discriminator": 0, "global_name": "toast manager",
        "email": people.EMAIL, "verified": True, "phone": people.PHONE, "ip": "192.0.2.44", "date_of_birth": "0001-01-01",
        "flags": [], "relationships": links, "notes": {"204400000000000772": "Jonah from my class at Larkmoor"},
        "connections": [{"type": "twitter", "id": "88", "name": people.X_HANDLE, "visibility": 1, "verified": True}],
        "guild_settings": [{"guild_id": server, "muted": False} for server in _SERVERS],
        "settings": {"settings": {"privacy": {
            "defaultGuildsRestricted": False, "restrictedGuildIds": [], "contactSyncEnabled": True,
            "friendSourceFlags": {"value": 14}}}},
        "user_sessions": [], "payments": [], "payment_sources": [],
    }  # fmt: skip
