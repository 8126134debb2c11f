"""Everything the library raises on purpose. A message is one plain sentence: what happened, what to do next.

AuditError
    UsageError            the request itself cannot be acted on
    ArchiveError
        NotAnArchive      the path is missing, unreadable, or not a zip, folder or known file
        UnsafeArchive     the archive asks for more than the limits allow
        UnknownPlatform   readable, but no export we know
    PolicyError           a school file or rule data has faults (all of them, in `.faults`)
    WorkspaceError        the private work file cannot be opened or is from a newer version
    DeclarationError
        NotReady          something must be answered before signing (all of it, in `.missing`)
        Tampered          a declaration is not what was signed (all reasons, in `.reasons`)
    Cancelled             the person stopped a long job; what was there before is unchanged
    RegisterError         HR's register cannot be read or written

Messages never hold archive content, and no path beyond the file name the person chose.
"""

from __future__ import annotations


class AuditError(Exception):
    """Base of every error meant for a person; `str(error)` is the sentence to show."""


class UsageError(AuditError):
    """The request cannot be acted on as it stands."""


class ArchiveError(AuditError):
    """An archive cannot be used."""


class NotAnArchive(ArchiveError):
    """The path is missing, unreadable, encrypted, cut off, or no archive."""


class UnsafeArchive(ArchiveError):
    """The archive asks for more memory or nesting than the limits allow."""


class UnknownPlatform(ArchiveError):
    """The archive is readable but is no export we know."""


class PolicyError(AuditError):
    """A school file or rule data has faults; `faults` is a list of `line N: what - how to mend it`."""

    def __init__(self, name: str, faults: list[str]) -> None:
        self.name, self.faults = name, faults
        super().__init__(f"{name} has {len(faults)} thing(s) to mend: " + "; ".join(faults))


class WorkspaceError(AuditError):
    """The private work file cannot be used."""


class DeclarationError(AuditError):
    """A declaration cannot be made or read."""


class NotReady(DeclarationError):
    """Something must still be answered before signing; `missing` lists it in plain words."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__("Before signing, please complete: " + "; ".join(missing) + ".")


class Tampered(DeclarationError):
    """A declaration is not what was signed; `reasons` says why in plain words."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("This declaration is not valid: " + "; ".join(reasons) + ".")


class Cancelled(AuditError):
    """The person stopped a long job; what was there before is unchanged."""


class RegisterError(AuditError):
    """HR's register cannot be read or written."""
