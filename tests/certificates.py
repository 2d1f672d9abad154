"""Certificates for tests: an authority and a server's, in a study's folder."""

from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from server.certificates.files import keep_authority, keep_server
from server.certificates.making import Signed, make_authority, make_server_certificate
from server.certificates.names import Names, name_machine
from server.certificates.place import CertificateFolder, find_folder
from server.certificates.served import SecureAddress
from server.certificates.serving import read_served

GYM = name_machine("gym", [ip_address("192.168.1.20")])
PORT = 8000
TRUST_PORT = 8080


def make_certificates(
    data: Path, names: Names = GYM, now: datetime | None = None
) -> tuple[CertificateFolder, Signed]:
    """The folder, and the authority with its key; valid from a day before `now`."""
    moment = datetime.now(UTC) if now is None else now
    folder, authority = find_folder(data), make_authority("gym", names, moment)
    keep_authority(folder, authority)
    keep_server(folder, make_server_certificate(authority, names, moment))
    return folder, authority


def make_address(data: Path, trust_port: int | None = TRUST_PORT) -> SecureAddress:
    """What `serve` would tell of new certificates in this data directory."""
    folder, _ = make_certificates(data)
    return SecureAddress(read_served(folder), PORT, trust_port)
