"""The certificate that a server is served with: read once at its start, refused if it is wrong."""

import ssl
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from server.certificates.condition import has_ended, tell_end
from server.certificates.files import read_certificate, read_key
from server.certificates.place import CertificateFolder
from server.certificates.reading import read_names_of
from server.certificates.served import ServedCertificate
from server.errors import SettingsError


def read_served(folder: CertificateFolder) -> ServedCertificate:
    """What lies there, whether it still holds or not. Raises SettingsError when unreadable."""
    authority = read_certificate(folder.authority_certificate, "restore it from a copy")
    server = read_certificate(folder.server_certificate)
    return ServedCertificate(
        names=read_names_of(server),
        ends=server.not_valid_after_utc,
        authority_title=authority.subject.rfc4514_string().removeprefix("CN=").replace("\\", ""),
        authority_der=authority.public_bytes(Encoding.DER),
    )


def open_context(folder: CertificateFolder, now: datetime) -> ssl.SSLContext:
    """What connections are encrypted with: TLS 1.2 or newer, nothing that a browser would refuse.

    Raises SettingsError for a key that others may read or that belongs to another certificate, a
    certificate that another authority signed, has ended or hasn't begun.
    """
    server = read_certificate(folder.server_certificate)
    key = read_key(folder.server_key)
    if server.public_key() != key.public_key():
        raise SettingsError(
            f"{folder.server_key} isn't the key of {folder.server_certificate.name}; make both"
            " anew with doseline-server certs renew"
        )
    _require_signed(folder, server)
    _require_in_time(server, now)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(folder.server_certificate, folder.server_key)
    return context


def _require_signed(folder: CertificateFolder, server: x509.Certificate) -> None:
    authority = read_certificate(folder.authority_certificate, "restore it from a copy")
    try:
        server.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):
        raise SettingsError(
            f"{folder.server_certificate} isn't signed by {folder.authority_certificate.name}; make"
            " a new one with doseline-server certs renew"
        ) from None


def _require_in_time(server: x509.Certificate, now: datetime) -> None:
    if has_ended(server.not_valid_after_utc, now):
        raise SettingsError(tell_end(server.not_valid_after_utc))
    if now < server.not_valid_before_utc:
        raise SettingsError(
            f"the certificate begins on {server.not_valid_before_utc:%Y-%m-%d} and this machine's"
            f" clock says {now:%Y-%m-%d}: set the clock, or use doseline-server certs renew"
        )
