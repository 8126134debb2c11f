"""Refuses every connection that leaves this computer. It guards against accidents in our own and other people's code;
it is no wall against hostile code, which can undo anything inside its own process."""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Any

_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost"}


class OutsideRefused(PermissionError):
    """Something tried to reach another computer."""


def is_local(host: object) -> bool:
    """Return whether `host` (name, address, bytes or None) is this computer itself."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    name = name.partition("%")[0].rstrip(".").lower()
    if name in _NAMES or name == socket.gethostname().lower():
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        target = args[1] if len(args) > 1 else None
        # A tuple is an internet address; anything else (a path, bytes, None) stays inside this computer.
        if isinstance(target, tuple) and target and not is_local(target[0]):
            raise OutsideRefused("self-audit does not connect to other computers.")
    elif event == "socket.getaddrinfo" and not is_local(args[0]):
        raise OutsideRefused("self-audit does not look up other computers.")


def refuse_outside() -> None:
    """From now on any connection or look-up beyond this computer raises OutsideRefused, for the life of the process."""
    sys.addaudithook(_hook)
