"""The declaration: what it says, how it looks, how it is signed, and the strict check of one that arrives.

    draft answers -> ready() -> Payload -> sign_declaration() -> bytes of a .docx -> verify() -> Verdict

Importing this is cheap; python-docx is loaded when a document is drawn.
"""

from auditlib.declaration.codes import check_code, new_code, proof_holds
from auditlib.declaration.document import render
from auditlib.declaration.draft import Draft, PlatformAnswer, missing, new_id, ready
from auditlib.declaration.draw import draw_signature
from auditlib.declaration.invitation import Invitation, parse_invitation, read_invitation, write_invitation
from auditlib.declaration.outcome import discussion_requested, outcome
from auditlib.declaration.payload import Payload
from auditlib.declaration.preview import PreviewBlock, preview
from auditlib.declaration.sign import sign_declaration
from auditlib.declaration.statements import STATEMENTS, Statement
from auditlib.declaration.verdict import Checks, Signer, Verdict, as_json
from auditlib.declaration.verify import verify, verify_files
from auditlib.declaration.write import write_declaration, write_new

__all__ = [
    "STATEMENTS",
    "Checks",
    "Draft",
    "Invitation",
    "Payload",
    "PlatformAnswer",
    "PreviewBlock",
    "Signer",
    "Statement",
    "Verdict",
    "as_json",
    "check_code",
    "discussion_requested",
    "draw_signature",
    "missing",
    "new_code",
    "new_id",
    "outcome",
    "parse_invitation",
    "preview",
    "proof_holds",
    "read_invitation",
    "ready",
    "render",
    "sign_declaration",
    "verify",
    "verify_files",
    "write_declaration",
    "write_invitation",
    "write_new",
]
