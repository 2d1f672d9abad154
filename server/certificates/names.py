"""Names and addresses that a server is reached by, and those that its authority may vouch for."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from server.errors import SettingsError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
T = TypeVar("T")

# Letters, digits and hyphens (RFC 1123, 2.1); other scripts as their xn-- form.
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST_NAME: Final = 253  # RFC 1035, 2.3.4
MDNS: Final = "local"  # RFC 6762, 3: names that machines give themselves on a network
LOCALHOST: Final = "localhost"
LOOPBACK: Final = (ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1"))
# Nobody on the internet has one of these: RFC 1918, 3927, 4193, 4291, 1122.
NOT_ROUTED: Final[tuple[Network, ...]] = tuple(
    ipaddress.ip_network(one)
    for one in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8",
        "::1/128", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What a server is called: names in lower case, addresses; each once, in a fixed order."""

    dns: tuple[str, ...]
    addresses: tuple[Address, ...]

    def __or__(self, other: "Names") -> "Names":
        return Names(_each_once(self.dns + other.dns), _each_once(self.addresses + other.addresses))

    def tell(self) -> list[str]:
        """All of them as text."""
        return [*self.dns, *map(str, self.addresses)]


@dataclass(frozen=True, slots=True)
class Scope:
    """What an authority may vouch for: these names and all below them, these networks."""

    dns: tuple[str, ...]
    networks: tuple[Network, ...]

    def find_outside(self, names: Names) -> list[str]:
        """Those of the names that lie outside."""
        strange = [one for one in names.dns if not any(_is_below(one, top) for top in self.dns)]
        far = [
            str(a) for a in names.addresses if not any(a in network for network in self.networks)
        ]
        return strange + far

    def part(self, names: Names) -> tuple[Names, list[str]]:
        """The names that lie inside, and those that lie outside."""
        outside = set(self.find_outside(names))
        inside = Names(
            tuple(one for one in names.dns if one not in outside),
            tuple(one for one in names.addresses if str(one) not in outside),
        )
        return inside, self.find_outside(names)


def parse_dns_name(text: str) -> str:
    """A name in lower case, without a final dot. Raises SettingsError."""
    name = text.strip().lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise SettingsError(f"--name: {text[:60]!r} is no name of a machine; give one as gym.local")
    if labels[-1].isdigit():
        raise SettingsError(f"--name: {text[:60]!r} looks like an address; give it with --address")
    return name


def parse_address(text: str) -> Address:
    """An IP address that one machine can have. Raises SettingsError."""
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        raise SettingsError(
            f"--address: {text[:60]!r} is no IP address; give one as 192.168.1.20"
        ) from None
    if address.is_unspecified or address.is_multicast:
        raise SettingsError(f"--address: {address} is no address of one machine")
    return address


def name_machine(host_name: str, addresses: Iterable[Address]) -> Names:
    """What a machine is reached by: its own name, that name on the local network, its addresses.

    A host name that no certificate can hold (an underscore, say) is left out.
    """
    try:
        full = parse_dns_name(host_name)
    except SettingsError:
        full = LOCALHOST
    short = full.partition(".")[0]
    own = () if short == LOCALHOST else (f"{short}.{MDNS}", short, full)
    return Names(_each_once((*own, LOCALHOST)), _each_once((*addresses, *LOOPBACK)))


def bound_authority(names: Names) -> Scope:
    """The least that an authority of these names needs, with room for another local address.

    Local names and unrouted addresses come and go with a network: a new one needs no new trust.
    No public site is among them unless a person named it herself.
    """
    local = Scope((MDNS, LOCALHOST), NOT_ROUTED)
    named = [one for one in names.dns if not any(_is_below(one, top) for top in local.dns)]
    routed = [a for a in names.addresses if not any(a in network for network in NOT_ROUTED)]
    alone = tuple(ipaddress.ip_network(address) for address in routed)
    return Scope((*local.dns, *named), (*local.networks, *alone))


def _is_below(name: str, top: str) -> bool:
    return name == top or name.endswith(f".{top}")


def _each_once(many: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(many))
