"""One-time invitation codes: 80 random bits as 16 letters and digits, and a check character.

The alphabet is Crockford's base 32 (no I, L, O or U); spaces, hyphens and case don't matter, O is read as 0, I and L as
1. The check character is a weighted sum over GF(32), which notices every single wrong character and every swap of two
neighbours. The code is the key of an HMAC and is never written into a document.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from auditlib.declaration.payload import Payload, proof_hash
from auditlib.errors import UsageError

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 16
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u00a0": None, "–": None, "\t": None})


def new_code() -> str:
    """Return a fresh code as it is given to a person: `XXXX-XXXX-XXXX-XXXX-X`."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    whole = code + _check_character(code)
    return "-".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def check_code(code: str) -> str:
    """Return the 16 characters of the code in their one form, without the check character.

    Raises `UsageError` with a plain sentence when the code is mistyped. The code itself is never in the sentence.
    """
    plain = code.upper().translate(_READ_AS).strip()
    if len(plain) != _LENGTH + 1 or any(c not in _LETTERS for c in plain):
        raise UsageError("The invitation code has 17 letters and digits. Look at it again and type it once more.")
    if _check_character(plain[:-1]) != plain[-1]:
        raise UsageError("One of the characters of the invitation code is mistyped. Type it once more.")
    return plain[:-1]


def proof(code: str, payload: Payload, public_key: bytes) -> str:
    """Return HMAC-SHA256 (hex) of content hash, public key (SubjectPublicKeyInfo, DER) and invitation id, by the code.

    Raises `UsageError` for a mistyped code and `ValueError` for a payload without an invitation.
    """
    content = proof_hash(payload)
    assert payload.invitation is not None  # proof_hash has refused it otherwise
    message = content + public_key + payload.invitation.id.encode()
    return hmac.new(check_code(code).encode(), message, hashlib.sha256).hexdigest()


def proof_holds(code: str, payload: Payload, public_key: bytes) -> bool:
    """Return whether the payload's proof was made with this code for this public key."""
    if payload.invitation is None:
        return False
    return hmac.compare_digest(proof(code, payload, public_key), payload.invitation.hmac)


def _check_character(code: str) -> str:
    weight, total = 1, 0
    for char in code:
        weight = _times(weight, 2)
        total ^= _times(weight, _LETTERS.index(char))
    return _LETTERS[total]


def _times(one: int, other: int) -> int:
    """Return the product of two elements of GF(32)."""
    product = 0
    for bit in range(5):
        if other >> bit & 1:
            product ^= one << bit
    for bit in range(9, 4, -1):
        if product >> bit & 1:
            product ^= _POLYNOMIAL << (bit - 5)
    return product
