"""The sample's Facebook export: JSON, layout of 2024-26, in two zips as Facebook cuts a big one."""

from __future__ import annotations

from typing import Any

from auditlib.sample import facebook_account, facebook_posts, words
from auditlib.sample.meta import thread_file
from auditlib.sample.package import Files, meta_json, picture
from auditlib.sample.words import Thread

ACTIVITY = "your_facebook_activity"
_BOXES = {"facebook": "inbox", "facebook-request": "message_requests", "facebook-filtered": "filtered_threads"}
_IDS = {"nadia": "nadiabirchalliqbal_6001002003", "priya": "priyasandringford_6001002004",
        "mum": "deborahoakhanger_6001002005", "callum": "callumfrayne_qm4kkpzzrt", "house": "flat6bforever_6001002007",
        "request": "masondray_6001002008", "spam": "prizeofficequillbert_6001002009"}  # fmt: skip


def parts() -> tuple[Files, Files]:
    """Return the files of the two zips. The newer half of one conversation and all media lie in the second."""
    first: dict[str, Any] = {}
    for name, value in facebook_posts.files().items():
        first[f"{ACTIVITY}/{name}"] = value
    second: Files = {}
    for thread in words.threads("facebook"):
        folder = _folder(thread)
        if thread.other == "nadia":  # message_1 holds the newest and went into the other zip
            first[f"{ACTIVITY}/messages/{folder}/message_2.json"] = thread_file(thread, thread.lines[:5], folder)
            newest = thread_file(thread, thread.lines[5:], folder)
            second[f"{ACTIVITY}/messages/{folder}/message_1.json"] = meta_json(newest)
        else:
            first[f"{ACTIVITY}/messages/{folder}/message_1.json"] = thread_file(thread, thread.lines, folder)
    first |= facebook_account.files()
    written = {name: value if isinstance(value, bytes) else meta_json(value) for name, value in first.items()}
    uris = [uri for value in first.values() for uri in _uris(value)]
    for seed, uri in enumerate(dict.fromkeys(uris)):
        second[uri] = picture(seed)
    return written, second


def _folder(thread: Thread) -> str:
    box = "e2ee_cutover" if thread.other == "callum" else _BOXES[thread.box]
    return f"{box}/{_IDS[thread.other]}"


def _uris(value: Any) -> list[str]:
    if isinstance(value, dict):
        found = [value["uri"]] if str(value.get("uri", "")).startswith(ACTIVITY) else []
        return found + [uri for inner in value.values() for uri in _uris(inner)]
    return [uri for inner in value for uri in _uris(inner)] if isinstance(value, list) else []
