"""What a short line of text may hold: no contact details, nothing invisible, names kept as they are.

Free text is where private things leak into a declaration, so every such line is looked at before signing and again
when a declaration is verified.
"""

from __future__ import annotations

import re
import unicodedata

NAME_LIMIT, LINE_LIMIT, SENTENCE_LIMIT = 120, 120, 600
"""Longest name, one-line field and statement, in characters."""

_JOINERS = "\u200c\u200d"  # needed to write names in Persian, Sinhala and other scripts
_LINK = re.compile(
    r"(?i)\w+://|\bwww\.|\b[\w-]{2,}\.(?:com|net|org|uk|co|io|me|info|biz|edu|gov|eu|app|dev|tv|gg|ly|social)\b(?!\w)"
)
_HANDLE = re.compile(r"@")
_DIGIT_RUN = re.compile(r"\d[\d\s().+/-]*")
_PHONE_DIGITS = 7
_PLAIN = str.maketrans("’ʼ‘`‐‑–", "''''---")


def faults(text: str, limit: int) -> list[str]:
    """Return what is wrong with a one-line text of at most `limit` characters, as phrases (none when all is well)."""
    found = []
    if len(text) > limit:
        found.append(f"is longer than {limit} characters")
    if text != text.strip():
        found.append("begins or ends with a space")
    if any(_unprintable(c) for c in text):
        found.append("holds a line break or an invisible character")
    return found


def private_faults(text: str, limit: int) -> list[str]:
    """Return `faults`, and also whether the text seems to hold a link, a handle, an e-mail or a phone number."""
    found = faults(text, limit)
    text = unicodedata.normalize("NFKC", text)  # full-width forms read the same
    if _HANDLE.search(text):
        found.append("seems to hold a handle or an e-mail address, which a declaration never does")
    elif _LINK.search(text):
        found.append("seems to hold a web address, which a declaration never does")
    if any(sum(map(str.isdigit, run)) >= _PHONE_DIGITS for run in _DIGIT_RUN.findall(text)):
        found.append("seems to hold a telephone number, which a declaration never does")
    return found


def same_name(one: str, other: str) -> bool:
    """Return whether two spellings are the same name but for case, spacing and kinds of apostrophe or hyphen."""
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """Return a form of the name for comparing: compatibility form, case folded, plain apostrophes and hyphens."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    plain = folded.translate(_PLAIN)
    return " ".join(plain.split())


def _unprintable(char: str) -> bool:
    # Unassigned characters are let through except non-characters: what is assigned differs between Python versions,
    # and a document valid on one must be valid on all.
    if char in _JOINERS:
        return False
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return True
    return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
