"""The outcome of a declaration, in HR's words: complete, complete with a discussion asked for, or partial and why."""

from __future__ import annotations

from auditlib.declaration import statements as words
from auditlib.declaration.payload import Payload


def discussion_requested(payload: Payload) -> bool:
    """Return whether the person asks to talk: an answer, a referral, a wish to speak, or an account left for a talk."""
    return (
        any(s.answer == words.DISCUSS for s in payload.statements)
        or payload.referral.to != "none"
        or payload.connections.wish == "wish-to-speak"
        or any(row.reason == "prefer-to-discuss" for row in payload.scope.rows)
    )


def outcome(payload: Payload) -> str:
    """Return `complete`, `complete, discussion requested`, or `partial (reason; reason)`.

    Privacy settings that were gone through only partly count as not finished. Whether a partial declaration also asks
    for a discussion is in `discussion_requested`.
    """
    rows = payload.scope.rows
    reasons = []
    waiting = list(dict.fromkeys(words.REASONS[row.reason] for row in rows if row.route == "not-audited"))
    if waiting:
        reasons.append("an account is held but not looked at: " + ", ".join(waiting))
    looked_at = [row.settings for row in rows if row.route in ("archive", "hand")]
    if "not-done" in looked_at:
        reasons.append("privacy settings not done")
    elif "partly" in looked_at:
        reasons.append("privacy settings partly done")
    if payload.connections.check == "not-done":
        reasons.append("connections not done")
    if reasons:
        return f"partial ({'; '.join(reasons)})"
    return words.COMPLETE_DISCUSS if discussion_requested(payload) else words.COMPLETE
