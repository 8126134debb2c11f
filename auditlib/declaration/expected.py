"""What a school expects to find in its declarations, held against one that has arrived.

A valid declaration is what the person signed; whether it is in the school's own words is another question, and a
person's to resolve.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from auditlib.declaration import statements as words
from auditlib.declaration.fields import name_key
from auditlib.declaration.payload import Payload

STATEMENT_OF_TRUTH = "statement-of-truth"


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """The school's names (any of them will do), its policy version, its wording by statement id, and what it leaves out.

    Empty names and version are not compared; wording that isn't given is the default.
    """

    school_names: Collection[str] = ()
    policy_version: str = ""
    wording: Mapping[str, str] = {}
    not_asked: Collection[str] = ()


def differences(payload: Payload, expected: Expected) -> list[str]:
    """Return what is not as the school expects it, as sentences for HR."""
    found = []
    if expected.school_names and name_key(payload.school.name) not in map(name_key, expected.school_names):
        found.append("It is addressed to another school.")
    if expected.policy_version and payload.policy.version != expected.policy_version:
        found.append("It is about another version of the policy.")
    own = [s.id for s in payload.statements if s.wording != (expected.wording.get(s.id) or words.BY_ID[s.id].wording)]
    if payload.statement_of_truth != (expected.wording.get(STATEMENT_OF_TRUTH) or words.STATEMENT_OF_TRUTH):
        own.append(STATEMENT_OF_TRUTH)
    if own:
        found.append(f"Read the document: the wording is not the school’s own for {', '.join(own)}.")
    if set(payload.not_asked) != set(expected.not_asked):
        found.append("Read the document: the statements are not the ones that the school asks for.")
    return found
