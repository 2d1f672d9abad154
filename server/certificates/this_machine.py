"""What this machine is called now, and which IPv4 addresses its network cards have."""

import fcntl
import ipaddress
import socket
import struct
from typing import Final

from server.certificates.names import Address, Names, name_machine

_SIOCGIFADDR: Final = 0x8915  # netdevice(7): the IPv4 address of an interface
_REQUEST: Final = struct.Struct("256s")
_ADDRESS_AT: Final = slice(20, 24)  # of struct ifreq: name, family, port, then the address


def read_names() -> Names:
    """Names of this machine. IPv6 addresses change by themselves; `--address` gives a fixed one."""
    return name_machine(socket.gethostname(), read_addresses())


def read_addresses() -> list[Address]:
    """IPv4 addresses that others may reach this machine by; loopback isn't one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        found = [_read_address(any_socket, name) for _, name in socket.if_nameindex()]
    return [one for one in found if one is not None and not one.is_loopback]


def _read_address(any_socket: socket.socket, interface: str) -> Address | None:
    """None: this one has no address."""
    try:
        answer = fcntl.ioctl(any_socket, _SIOCGIFADDR, _REQUEST.pack(interface.encode()))
    except OSError:
        return None
    return ipaddress.ip_address(answer[_ADDRESS_AT])
