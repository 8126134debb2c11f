"""Notebook 1: what this is, the school, the downloads on this computer, what was read, and what is left out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

from .. import walk
from ..declaration import statements as lists
from ..errors import Cancelled, UsageError
from ..records import Kind, Relation
from ..workspace import AccountView, Workspace, synced_folder
from . import jobs, texts, words
from .guard import Page, plain
from .picking import Picking

ARCHIVES = (".zip", ".tgz", ".tar", ".gz", ".json", ".csv", ".txt", ".html", ".htm", ".xml", ".atom", ".car", ".js")
SUFFIXES = {"archives": ARCHIVES, "invitation": (".invitation.json", ".json")}
LOOK_MOST = 300  # entries of one folder that are looked into; the rest can still be ticked unseen


class ArchivesPage(Page):
    """The page of notebook 1. `ws` is the open workspace."""

    scripts = ("progress.js", "picker.js", "school.js", "accounts.js", "scope.js", "archives.js")
    styles = ("archives.css",)

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self.ws = ws
        self._looking = threading.Event()
        self.handlers = Picking(SUFFIXES, self._noticed).handlers | {
            "start": self.start,
            "school": self.school,
            "invitation": self.invitation,
            "read": self.read,
            "sample": self.sample,
            "stop": self.stop,
            "accounts": self.accounts,
            "remove": self.remove,
            "answer": self.answer,
            "device": self.device,
            "scope": self.scope,
            "none": self.none,
        }

    # what the page begins with

    def start(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the texts, the school, what has been read so far, and the job under way, if any."""
        job = jobs.current()
        if job:
            job.listener = self._hear
        return {
            **self._school_texts(),
            "downloads": texts.downloads(),
            "workspace_synced": synced_folder(self.ws.path),
            "school_device": bool(self.ws.get("school_device", False)),
            "busy": job.latest if job else None,
            **self.accounts({}),
        }

    def _school_texts(self) -> dict[str, Any]:
        now = walk.school(self.ws)
        return {
            "school": {
                "name": now.school.name,
                "typed": str(self.ws.get("school_name") or ""),
                "invitation": bool(self.ws.get("invitation")),
            },
            "notice": texts.privacy_notice(now),
            "policy": texts.policy_says(now),
        }

    def school(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Keep the typed name of the school."""
        name = " ".join(str(data["name"]).split())[:120]
        if not name:
            raise UsageError("Type the name of the school.")
        self.ws.put("school_name", name)
        return self._school_texts()

    def invitation(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Read the invitation file at `path`; its school file and policy hold from now on."""
        walk.accept_invitation(self.ws, Path(str(data["path"])))
        return self._school_texts()

    def device(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Keep whether this computer belongs to the school."""
        self.ws.put("school_device", bool(data["school"]))
        return {}

    def _noticed(self, purpose: str, listing: dict[str, Any]) -> None:
        self._looking.set()  # whoever still looks into the folder before this one may stop
        if purpose == "archives":
            stop = self._looking = threading.Event()
            wanted = [entry["path"] for entry in listing["entries"][:LOOK_MOST]]
            threading.Thread(target=self._look, args=([*wanted, listing["path"]], stop), daemon=True).start()

    def _look(self, paths: list[str], stop: threading.Event) -> None:
        for path in paths:
            if stop.is_set():
                return
            try:
                found = [
                    {"title": one.title, "note": ", ".join(part for part in (words.size(one.size), one.note) if part)}
                    for one in walk.look(Path(path))
                ]
            # Telling what a file is only helps: whatever is wrong with it is said when the person wants it read.
            except Exception:
                found = []
            self.tell("recognised", purpose="archives", path=path, found=found)

    # reading

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Start reading the ticked paths in a thread; "progress" and then "done" or "problem" follow."""
        paths = [Path(str(path)) for path in data["paths"]]
        if not paths:
            raise UsageError("Tick at least one download first.")
        return self._begin(lambda report, cancel: walk.import_archives(self.ws, paths, report, cancel, walk.answers(self.ws)))

    def sample(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Start reading the bundled archives of the invented sample person."""
        paths, answers = walk.sample_paths(), walk.sample_answers()
        return self._begin(lambda report, cancel: walk.import_archives(self.ws, paths, report, cancel, answers))

    def answer(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Keep what the person said about an account, and read its download again."""
        value = " ".join(str(data["value"]).split())
        if not value:
            raise UsageError("Choose or type an answer first.")
        walk.answer(self.ws, str(data["id"]), value)
        platform, account = str(data["platform"]), data["account"]
        return self._begin(lambda report, cancel: walk.import_again(self.ws, platform, account, report, cancel))

    def _begin(self, reading: Callable[..., Any]) -> dict[str, Any]:
        def work(report: Callable[[dict[str, Any]], None], cancel: threading.Event) -> dict[str, Any]:
            def progress(now: walk.Progress) -> None:
                report(words.progress(now))

            try:
                reading(progress, cancel)
                walk.rescan(self.ws, progress, cancel)
            except Cancelled:
                cancel.set()
            return self.accounts({})

        jobs.begin(work, self._hear, plain)
        return {}

    def _hear(self, kind: str, data: dict[str, Any]) -> None:
        self.tell(kind, data=data)

    def stop(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Ask the work under way to stop. What an account held before stays as it was."""
        job = jobs.current()
        if job:
            job.cancel.set()
        return {}

    # what was read

    def accounts(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return a card for each account, the bars of the picture, and the questions on other platforms."""
        views = self.ws.accounts()
        bars = [bar for bar in self.ws.timeline() if bar.year is not None]
        return {
            "accounts": [account_card(view) for view in views],
            "bars": [
                {"platform": words.platform(b.platform), "year": b.year, "items": b.items, "flagged": b.flagged} for b in bars
            ],
            "unplaced": [[line.member, line.reason] for line in walk.unplaced(self.ws)],
            "undated": sum(bar.items for bar in self.ws.timeline() if bar.year is None),
            "scope": self._scope(views),
        }

    def remove(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Forget one account that was read (a wrong one, or someone else's). The download itself is not touched."""
        self.ws.remove_account(str(data["platform"]), data["account"])
        return self.accounts({})

    def _scope(self, views: list[AccountView]) -> dict[str, Any]:
        read = list(dict.fromkeys(view.platform for view in views))
        kept: dict[str, Any] = self.ws.get("platforms", {}) or {}
        order = [*read, *(name for name in lists.PLATFORMS if name not in read)]
        return {
            "none": self.ws.get("route") == "no-accounts",
            "hide": bool(self.ws.get("hide_platforms", False)),
            "routes": [[id_, shown] for id_, shown in lists.ROUTES.items() if id_ != "archive"],
            "reasons": [list(pair) for pair in lists.REASONS.items()],
            "rows": [
                {
                    "platform": name,
                    "name": words.platform(name) if name != "other" else lists.PLATFORMS["other"],
                    "read": name in read,
                    "route": kept.get(name, {}).get("route", ""),
                    "reason": kept.get(name, {}).get("reason", ""),
                }
                for name in order
            ],
        }

    def scope(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Keep the answers about other platforms: entries of `{"platform", "route", "reason"}` or `{"hide"}`."""
        kept = dict(self.ws.get("platforms", {}) or {})
        for entry in data["batch"]:
            if "hide" in entry:
                self.ws.put("hide_platforms", bool(entry["hide"]))
            elif entry["route"]:
                kept[entry["platform"]] = {"route": entry["route"], "reason": entry["reason"]}
            else:
                kept.pop(entry["platform"], None)
        self.ws.put("platforms", kept)
        return {}

    def none(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Keep that the person has no social media accounts at all, or no longer says so."""
        if data["none"] and self.ws.accounts():
            raise UsageError("Downloads have been read here, so there is at least one account.")
        self.ws.put("route", "no-accounts" if data["none"] else "")
        return {}


def counts_in_groups(counts: Mapping[str, int]) -> list[tuple[str, list[str]]]:
    """Return the counts in words under Posts, People and Other, leaving out what there is none of."""
    people = set(get_args(Relation))
    kinds = set(get_args(Kind))
    groups = {
        "Posts": {name: count for name, count in counts.items() if name in kinds},
        "People": {name: count for name, count in counts.items() if name in people},
        "Other": {name: count for name, count in counts.items() if name not in kinds | people},
    }
    return [(name, words.counted(found)) for name, found in groups.items() if any(found.values())]


def account_card(view: AccountView) -> dict[str, Any]:
    """Return what the page says about one account: whose it is, what was found, over which time, what was not read."""
    groups: dict[str, list[dict[str, Any]]] = {"failed": [], "unknown": [], "ignored": [], "read": []}
    for line in view.coverage:
        groups[line.state].append({"member": line.member, "reason": line.reason, "count": line.count})
    dated = f"{words.day(view.first)} to {words.day(view.last)}" if view.first and view.last else "No dates given"
    return {
        "platform": view.platform,
        "name": words.platform(view.platform),
        "account": view.account,
        "counts": counts_in_groups(view.counts),
        "dates": dated,
        "coverage": groups,
        "warnings": list(view.warnings),
        "questions": [{"id": q.id, "text": q.text, "options": [list(pair) for pair in q.options]} for q in view.questions],
        "from": view.source_label,
        "at": words.moment(view.imported_at),
    }
