"""What `serve` does with certificates: reads them, refuses wrong ones, warns in time."""

import ipaddress
import logging
import ssl
from dataclasses import dataclass
from datetime import datetime

from server.certificates.condition import warn
from server.certificates.names import Address, Names
from server.certificates.place import CertificateFolder, find_folder
from server.certificates.served import ServedCertificate
from server.errors import SettingsError
from server.settings import Settings, is_loopback

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Secure:
    """How connections are encrypted, and what is told of the certificate."""

    context: ssl.SSLContext
    certificate: ServedCertificate


def open_secure(settings: Settings, now: datetime) -> Secure | None:
    """None: this study has no certificates, and is served on loopback alone (decision 0008).

    Raises SettingsError for wrong certificates, and for a host that they aren't for.
    """
    folder = find_folder(settings.data)
    if not folder.is_there():
        require_nothing_begun(folder)
        return None
    from server.certificates.serving import open_context, read_served  # a study without needs none
    from server.certificates.this_machine import read_addresses

    context, served = open_context(folder, now), read_served(folder)
    _require_host(settings.host, served.names)
    for said in list_warnings(settings.host, served, read_addresses(), now):
        log.warning("%s", said)
    return Secure(context, served)


def require_nothing_begun(folder: CertificateFolder) -> None:
    """Raise SettingsError for half an authority: it is never taken for none."""
    if folder.is_interrupted():
        raise SettingsError(
            f"{folder.path} holds no whole authority, certs init was cut off: use doseline-server"
            " certs init again"
        )


def list_warnings(
    host: str, served: ServedCertificate, present: list[Address], now: datetime
) -> list[str]:
    """What a person should do soon.

    Args:
        present: addresses of this machine now.
    """
    ending = warn(served.ends, now)
    missing = [] if is_loopback(host) else [a for a in present if a not in served.names.addresses]
    listed = ", ".join(map(str, missing))
    moved = f"the certificate isn't for {listed}, where this machine is now: use certs renew"
    return ([] if ending is None else [ending]) + ([moved] if missing else [])


def _require_host(host: str, names: Names) -> None:
    if is_loopback(host) or _is_any(host) or host.lower() in names.tell():
        return
    raise SettingsError(
        f"the certificate isn't for {host} but for {', '.join(names.tell())}: doseline-server certs"
        f" renew with --name or --address {host} makes one, or listen on 0.0.0.0"
    )


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
