"""The strict verifier: the one answer that HR may rely on.

It asks more than office programs do: the whole package must be signed, by the key that the payload names, and the
document must be exactly what its payload draws. Any bytes give a verdict, never an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from cryptography import x509

from auditlib.declaration import opc
from auditlib.declaration import statements as words
from auditlib.declaration.certificates import (
    key_sha256,
    public_der,
    read_authorities,
)
from auditlib.declaration.codes import proof_holds
from auditlib.declaration.compare import drawing_in, part_differences, text_differences
from auditlib.declaration.document import render
from auditlib.declaration.draw import is_drawing
from auditlib.declaration.outcome import outcome
from auditlib.declaration.package import MAX_FILE, read_package
from auditlib.declaration.payload import Payload, content_hash
from auditlib.declaration.payload_part import PART, unwrap
from auditlib.declaration.rules import payload_faults
from auditlib.declaration.signers import described, signature_parts, signer_reasons, vouched
from auditlib.declaration.verdict import Checks, Signer, Verdict
from auditlib.declaration.xmlsig import Examined, examine
from auditlib.errors import DeclarationError, Tampered, UsageError

_MAX_REASONS = 20
_TOO_LARGE = "the file is far larger than a declaration"


def verify_files(
    paths: Iterable[Path | str], ca: bytes | None = None, *, codes: Mapping[str, str] | None = None
) -> list[Verdict]:
    """Return one verdict for each path, in order. Arguments and errors as in `verify`."""
    return [verify(Path(path), ca=ca, codes=codes, name=shown_name(str(path))) for path in paths]


def verify(
    source: Path | bytes, *, ca: bytes | None = None, codes: Mapping[str, str] | None = None, name: str = ""
) -> Verdict:
    """Return whether a declaration is exactly what was signed, with every reason when it is not.

    `ca` is the content of the school's CA file: with it, further signatures must be by someone it vouches for. `codes`
    gives the one-time code by invitation id: with it, the proof of the invitation is checked. `name` is the file name
    to report. Raises `UsageError` for an unusable CA file; a file that can't be read is a verdict, not an error.
    """
    authorities = None if ca is None else read_authorities(ca)
    name = name or (shown_name(source.name) if isinstance(source, Path) else "")
    data = source if isinstance(source, bytes) else _read(source)
    if isinstance(data, str):
        checks = Checks(package=False)
        return Verdict(file=name, verdict="not valid", reasons=(data,), checks=checks, unread=data != _TOO_LARGE)
    work = _Work(authorities, codes or {})
    try:
        work.run(data)
    except Tampered as error:
        work.reasons += error.reasons
    except Exception:  # whatever hostile bytes bring about in a library, the answer is "not valid", never a traceback
        work.reasons.append("the file is built in a way that a declaration never is")
    valid = not work.reasons and all(a is not False for a in msgspec.structs.astuple(work.checks))
    return Verdict(
        file=name,
        verdict="valid" if valid else "not valid",
        reasons=_listed(work.reasons),
        notes=tuple(work.notes) if valid else (),
        checks=work.checks,
        signers=tuple(work.signers),
        payload=work.payload if valid else None,
        outcome=outcome(work.payload) if valid and work.payload else None,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def shown_name(name: str) -> str:
    """Return a file name as it can be written anywhere: bytes of it that are no text are shown as `\\udcff`."""
    return name.encode("utf-8", "backslashreplace").decode()


def _listed(reasons: list[str]) -> tuple[str, ...]:
    """Return the reasons, each once, and no more than a person would read."""
    once = tuple(dict.fromkeys(reasons))
    return once if len(once) <= _MAX_REASONS else (*once[:_MAX_REASONS], f"and {len(once) - _MAX_REASONS} more")


def _read(path: Path) -> bytes | str:
    """Return the content of the file, or the reason why there is none."""
    try:
        if path.is_dir():
            return "this is a folder, not a declaration"
        if not path.is_file():
            return "this is not a file" if path.exists() else "there is no such file"
        if path.stat().st_size > MAX_FILE:
            return _TOO_LARGE
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)  # one that grows meanwhile is not read further
        return data if len(data) <= MAX_FILE else _TOO_LARGE
    except (OSError, RuntimeError):  # RuntimeError: links that go in a circle, before Python 3.13
        return "the file cannot be opened: check that it is not in use and that you may read it"


class _Work:
    """One verification under way: the answers so far."""

    # One question after another, each answered once; what a later one needs is decided by the earlier ones.

    def __init__(self, authorities: list[x509.Certificate] | None, codes: Mapping[str, str]) -> None:
        self.authorities, self.codes = authorities, codes
        self.checks = Checks()
        self.reasons: list[str] = []
        self.notes: list[str] = []
        self.signers: list[Signer] = []
        self.payload: Payload | None = None

    def answer(self, question: str, reasons: list[str]) -> None:
        self.reasons += reasons
        self.checks = msgspec.structs.replace(self.checks, **{question: not reasons})

    def note(self, question: str, answer: str) -> None:
        self.checks = msgspec.structs.replace(self.checks, **{question: answer})

    def run(self, data: bytes) -> None:
        self.checks = Checks(package=False)
        parts = read_package(data)
        if opc.TYPES not in parts or opc.ROOT_RELS not in parts or "word/document.xml" not in parts:
            raise Tampered(["the file is a zip but not a Word document"])
        self.checks = Checks(package=True, signed=False)
        signatures = signature_parts(parts)
        self.answer("signed", [])
        examined = [examine(parts[name], parts) for name in signatures]
        self.answer("intact", [reason for one in examined for reason in one.broken])
        self.answer("whole", [reason for one in examined for reason in one.uncovered])
        self.checks = msgspec.structs.replace(self.checks, payload=False)
        if PART not in parts:
            raise Tampered(["the machine-readable part is missing"])
        payload = self.payload = unwrap(parts[PART])
        self.answer("payload", _payload_reasons(payload))
        self.judge_signers(payload, examined)
        self.judge_invitation(payload, examined)
        if self.checks.payload:  # what breaks a rule can't be drawn
            self.judge_text(payload, parts)

    def judge_signers(self, payload: Payload, examined: list[Examined]) -> None:
        own = [one for one in examined if key_sha256(one.chain[0]) == payload.signature.key_sha256]
        further = [one for one in examined if one not in own]
        self.signers = [described(one, "declarant", None) for one in own]
        if len(own) != 1:
            self.answer("signer", ["it is not signed with the key that the declaration names"])
        else:
            self.answer("signer", signer_reasons(own[0], payload))
        if not further:
            return
        known = [vouched(one, self.authorities) for one in further]
        self.signers += [described(one, "further", ours) for one, ours in zip(further, known, strict=True)]
        if self.authorities is None:
            self.note("countersigned", "unknown")
            self.notes.append("a further signature holds, but whose it is is unknown without the school’s CA file")
        else:
            foreign = "a further signature is by someone the school does not vouch for"
            self.answer("countersigned", [] if all(known) else [foreign])

    def judge_invitation(self, payload: Payload, examined: list[Examined]) -> None:
        if payload.invitation is None:
            return
        code = self.codes.get(payload.invitation.id)
        if code is None:
            self.note("invitation", "not checked")
            return
        keys = [c for c in (one.chain[0] for one in examined) if key_sha256(c) == payload.signature.key_sha256]
        try:
            fits = bool(keys) and proof_holds(code, payload, public_der(keys[0]))
        except UsageError:
            fits = False
        self.answer("invitation", [] if fits else ["it was not made with the code of this invitation"])

    def judge_text(self, payload: Payload, parts: Mapping[str, bytes]) -> None:
        drawing = drawing_in(parts)
        if drawing is not None and not is_drawing(drawing):
            self.answer("text", ["the picture in the file is not a drawn signature"])
            return
        if (hashlib.sha256(drawing).hexdigest() if drawing else "") != payload.signature.drawing_sha256:
            self.answer("text", ["the drawn signature is not the one that the declaration names"])
            return
        try:
            drawn = read_package(render(payload, drawing))
        except DeclarationError as error:
            self.answer("text", [str(error)])
            return
        shown = text_differences(parts, drawn)
        self.answer("text", shown + part_differences(parts, drawn))
        own = [s.id for s in payload.statements if s.wording != words.BY_ID[s.id].wording]
        self.note("wording", "own" if own or payload.statement_of_truth != words.STATEMENT_OF_TRUTH else "default")


def _payload_reasons(payload: Payload) -> list[str]:
    reasons = [f"the declaration breaks a rule: {fault}" for fault in payload_faults(payload)]
    if payload.integrity != content_hash(payload):
        reasons.append("the declaration does not fit its own seal")
    if payload.invitation is not None and not payload.invitation.hmac:
        reasons.append("the declaration names an invitation but not the proof of its code")
    return reasons
