"""Discord's user.json: profile facts, and the privacy settings in their old form and in the one of 2024 onward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditlib.platforms._discord import NAME, Reader, handle_of, listed, text_of
from auditlib.records import ProfileFact, Record, Setting
from auditlib.text import digest

_PAGES = {
    "twitter": "https://x.com/", "x": "https://x.com/", "reddit": "https://www.reddit.com/user/", "github": "https://github.com/",
    "twitch": "https://www.twitch.tv/", "tiktok": "https://www.tiktok.com/@", "instagram": "https://www.instagram.com/",
}  # fmt: skip
_FRIENDS, _SERVERS, _EVERYONE = 2, 4, 8  # friend_source_flags
_DEEPEST = 4


def facts(user: dict[str, Any], a: Reader) -> Iterator[Record]:
    """What user.json says of the person: names, address, number, birthday, status, and linked accounts shown on the profile."""
    birthday = text_of(user.get("date_of_birth")) or ""
    settings = user.get("settings")
    status = found(settings, "custom_status") if isinstance(settings, dict) else None
    told: list[tuple[str, str | None]] = [
        ("handle", handle_of(user)),
        ("name", text_of(user.get("global_name"))),
        ("email", text_of(user.get("email"))),
        ("phone", text_of(user.get("phone"))),
        ("birthday", None if birthday.startswith("0001") else birthday[:10]),  # a year 1 means "not set"
        ("bio", text_of(user.get("bio"))),
        ("bio", text_of(status.get("text")) if isinstance(status, dict) else None),
    ]
    for one in listed(user.get("connections")):
        service, name = text_of(one.get("type")) or "", text_of(one.get("name"))
        if name and one.get("visibility") in (1, "1", True):
            page = _PAGES.get(service.lower())
            told.append(("website", f"{page}{name.lstrip('@')}" if page else f"{service}: {name}" if service else name))
    for fact, value in told:
        if value:
            key = f"{a.prefix}profile:{fact}:{digest(value)}"
            if key not in a.told:
                a.told.add(key)
                yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=fact, value=value)  # type: ignore[arg-type]


def found(tree: Any, name: str, depth: int = 0) -> Any:
    """The value of a setting wherever it lies, in snake or camel case, without a `{"value": ...}` around it; None if absent."""
    if not isinstance(tree, dict) or depth > _DEEPEST:
        return None
    wanted = name.replace("_", "")
    for key, value in tree.items():
        if isinstance(key, str) and key.replace("_", "").lower() == wanted:
            return value["value"] if isinstance(value, dict) and value.keys() == {"value"} else value
    for value in tree.values():
        if isinstance(value, dict) and (inner := found(value, name, depth + 1)) is not None:
            return inner
    return None


def settings(user: dict[str, Any], a: Reader) -> Iterator[Record]:
    """The settings of the checklist that the package holds, and others that bear on who reaches the person."""
    tree = user.get("settings")
    if not isinstance(tree, dict):
        tree = {}
    restricted = found(tree, "default_guilds_restricted")
    if restricted is not None:  # true: no direct messages from people who only share a server
        yield _setting(a, "direct-messages-from-server-members", _turned(restricted), restricted)
    sources = found(tree, "friend_source_flags")
    if sources is not None:
        yield _setting(a, "who-can-add-you", _who(sources), sources)
    requests = found(tree, "default_message_request_restricted")
    if requests is not None:  # which way round it means is not certain: the person looks
        yield _setting(a, "message-requests-from-people-you-may-not-know", "unknown", requests)
    yield from _findable(tree, a)
    yield from _shown(user, tree, a)
    for name, slug in (
        ("explicit_content_filter", "explicit-content-filter"),
        ("detect_platform_accounts", "detect-platform-accounts"),
        ("hide_legacy_username", "hide-legacy-username"),
    ):
        value = found(tree, name)
        if value is not None:
            yield _setting(a, slug, _plain(value), value)
    exceptions = found(tree, "restricted_guilds") or found(tree, "restricted_guild_ids")
    if isinstance(exceptions, list) and exceptions:
        yield _setting(a, "servers-that-may-not-message-you", "unknown", len(exceptions))


def _findable(tree: dict[str, Any], a: Reader) -> Iterator[Record]:
    sync, flags = found(tree, "contact_sync_enabled"), found(tree, "friend_discovery_flags")
    if sync is None and flags is None:
        return
    value = (
        "on" if sync is True or (_number(flags) or 0) > 0 else "off" if sync is False and _number(flags) in (None, 0) else None
    )
    raw = ", ".join(_raw(one) for one in (sync, flags) if one is not None)
    yield _setting(a, "sync-contacts-let-people-find-you", value or "unknown", raw)


def _shown(user: dict[str, Any], tree: dict[str, Any], a: Reader) -> Iterator[Record]:
    playing = found(tree, "show_current_game")
    linked = [one.get("visibility") for one in listed(user.get("connections")) if "visibility" in one]
    seen = sum(one in (1, "1", True) for one in linked)
    if playing is None and not linked:
        return
    value = "on" if playing is True or seen else "off" if playing is False else "unknown"
    raw = [_raw(playing)] if playing is not None else []
    raw += [f"{seen} of {len(linked)} linked accounts shown"] if linked else []
    yield _setting(a, "activity-status-connected-accounts-on-profile", value, ", ".join(raw))


def _who(sources: Any) -> str:
    """Who may ask to be a friend: in bits, or in three words of the older form."""
    if isinstance(sources, dict):
        every, friends, servers = (sources.get(k) is True for k in ("all", "mutual_friends", "mutual_guilds"))
    elif (bits := _number(sources)) is not None:
        every, friends, servers = (bool(bits & bit) for bit in (_EVERYONE, _FRIENDS, _SERVERS))
    else:
        return "unknown"
    if every:
        return "public"
    if servers:
        return "unknown"  # people of shared servers: more than friends, fewer than everyone
    return "friends" if friends else "off"


def _turned(value: Any) -> str:
    return "off" if value is True else "on" if value is False else "unknown"


def _plain(value: Any) -> str:
    return "on" if value is True else "off" if value is False else "unknown"


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _raw(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_raw(one)}" for key, one in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value)


def _setting(a: Reader, slug: str, value: str, raw: Any) -> Setting:
    return Setting(platform=NAME, account=a.account, where=a.where, id=f"{NAME}.{slug}", value=value, raw=_raw(raw))  # type: ignore[arg-type]
