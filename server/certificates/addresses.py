"""Which of its names a server is given out by."""

import ipaddress
from typing import Final

from server.certificates.names import LOCALHOST, MDNS, Address, Names

# What the plain page about trust is suggested on; 8000 is the server's own.
SUGGESTED_TRUST_PORT: Final = 8080
TRUST_PATH: Final = "/trust"


def list_app_urls(names: Names, port: int) -> list[str]:
    """Addresses for browsers, the steadiest first.

    A browser keeps what is saved by address, so a name that stays comes before a number that may
    not. Without any other way this machine's own.
    """
    named = [one for one in names.dns if one != LOCALHOST and "." in one]
    named.sort(key=lambda one: one.endswith(f".{MDNS}"), reverse=True)
    hosts = [*named, *map(_bracket, _list_reachable(names))] or [LOCALHOST]
    return [f"https://{host}:{port}" for host in hosts]


def make_trust_url(names: Names, port: int) -> str:
    """The plain page about trust, by number where there is one.

    Not every system finds .local names, and a name that was once trusted is asked for over HTTPS
    alone (RFC 6797, 8.3), which no number ever is (8.1.1).
    """
    reachable = _list_reachable(names)
    local = [one for one in names.dns if one != LOCALHOST]
    host = _bracket(reachable[0]) if reachable else (local or [LOCALHOST])[0]
    return f"http://{host}:{port}{TRUST_PATH}"


def _list_reachable(names: Names) -> list[Address]:
    return [one for one in names.addresses if not one.is_loopback]


def _bracket(address: Address) -> str:
    return f"[{address}]" if isinstance(address, ipaddress.IPv6Address) else str(address)
