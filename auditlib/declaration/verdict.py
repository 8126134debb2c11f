"""The answer to "is this declaration what was signed?", question by question."""

from __future__ import annotations

from typing import Literal

import msgspec

from auditlib.declaration.payload import Payload

Answer = bool | str | None
"""True or False; None when the question did not come up; a word where the answer is neither."""


class Checks(msgspec.Struct, frozen=True, kw_only=True):
    """One question each. All that are True or None, and no False, make a valid declaration.

    `package` the file is one sound package; `signed` it carries a signature; `intact` nothing signed was changed;
    `whole` everything in the file is signed; `signer` the key is the one the payload names and the certificate is its
    own; `payload` the machine-readable part keeps its rules and its seal; `text` what is shown is what the payload
    says, and nothing else is there; `invitation` the one-time code fits (None: no invitation; "not checked": no code
    was given to check with); `countersigned` further signatures hold (None: none; "unknown": they hold, but no CA file
    was given to say whose they are); `wording` "default" or "own".
    """

    package: bool | None = None
    signed: bool | None = None
    intact: bool | None = None
    whole: bool | None = None
    signer: bool | None = None
    payload: bool | None = None
    text: bool | None = None
    invitation: bool | str | None = None
    countersigned: bool | str | None = None
    wording: str | None = None


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """One signature: the name in its certificate, when, the SHA-256 of its key, its comment, who it is to us.

    `known` is True when the school's CA vouches for it, False when not, None without a CA file. The person's own
    certificate is made by themselves, so nobody vouches for it.
    """

    name: str
    signed_at: str
    key_sha256: str
    comment: str
    role: Literal["declarant", "further"]
    known: bool | None = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer. `reasons` says why it is not valid; `notes` what to know although it is.

    `payload` and `outcome` are there only when the verdict is valid: what a changed paper says is not to be relied on.
    `sha256` is that of the file's bytes. `unread` says that there were none to judge: no file, a folder, or one that
    can't be opened.
    """

    file: str
    verdict: Literal["valid", "not valid"]
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    checks: Checks = Checks()
    signers: tuple[Signer, ...] = ()
    payload: Payload | None = None
    outcome: str | None = None
    sha256: str = ""
    unread: bool = False

    @property
    def valid(self) -> bool:
        """Whether the declaration is exactly what was signed."""
        return self.verdict == "valid"


def as_json(verdict: Verdict) -> dict[str, object]:
    """Return the verdict as the command's JSON line has it: file, verdict, reasons, checks, then outcome and notes."""
    return {
        "file": verdict.file,
        "verdict": verdict.verdict,
        "reasons": list(verdict.reasons),
        "checks": msgspec.structs.asdict(verdict.checks),
        "outcome": verdict.outcome,
        "declaration_id": verdict.payload.declaration_id if verdict.payload else None,
        "notes": list(verdict.notes),
        "signers": [msgspec.structs.asdict(signer) for signer in verdict.signers],
    }
