"""Where a radio listens: HOST:PORT on this machine, and nowhere else."""

import ipaddress
from dataclasses import dataclass

from firmware_sim.errors import RadioError

_MOST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A TCP address; port 0 asks for any free port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_endpoint(text: str) -> Endpoint:
    """The endpoint in `HOST:PORT`. Raises RadioError unless it is on this machine.

    A radio asks nobody who they are, so it is for programs of the same machine alone.
    """
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit():
        raise RadioError(f"{text!r} is no HOST:PORT; write for example 127.0.0.1:0")
    if int(port) > _MOST_PORT:
        raise RadioError(f"there is no port {port}; the highest is {_MOST_PORT}")
    host = host.removeprefix("[").removesuffix("]")
    if not _is_loopback(host):
        raise RadioError(
            f"{host} is reached from other machines, and a radio asks nobody who they are;"
            " use 127.0.0.1"
        )
    return Endpoint(host, int(port))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
