"""Makes an authority and certificates of servers: ECDSA P-256, SHA-256, names in the SAN only.

The clock is an argument. Profile: RFC 5280.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from server.certificates.names import Names, Scope, bound_authority
from server.certificates.reading import read_scope
from server.errors import SettingsError

AUTHORITY_DAYS: Final = 3650
# support.apple.com/103769: no more than 825 days, whoever signed it. support.apple.com/102028: 398
# for authorities that come with the system, and 397 recommended. Kept to the strictest.
SERVER_DAYS: Final = 397
BEFORE: Final = timedelta(days=1)  # a tablet whose clock is behind must not see a future one


@dataclass(frozen=True, slots=True)
class Signed:
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make_authority(label: str, names: Names, now: datetime) -> Signed:
    """An authority that can vouch for local names and these, and for nothing else.

    Args:
        label: what people see in their settings beside it; a machine's name.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    title = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, f"doseline authority, {label[:40]}")]
    )
    builder = (
        _begin(title, title, key, now, timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(_constrain(bound_authority(names)), critical=True)
    )
    return Signed(builder.sign(key, SHA256()), key)


def make_server_certificate(authority: Signed, names: Names, now: datetime) -> Signed:
    """A certificate of these names by this authority, with a new key.

    Raises SettingsError for names that the authority can't vouch for, or when it ends itself.
    """
    _require_inside(authority.certificate, names)
    key = ec.generate_private_key(ec.SECP256R1())
    by = authority.certificate
    left = by.not_valid_after_utc - now + BEFORE
    if left <= BEFORE:
        raise SettingsError(
            "the authority itself has ended: move the certs folder away and use certs init"
        )
    title = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "doseline server")])
    lasts = min(timedelta(days=SERVER_DAYS), left)
    builder = (
        _begin(title, by.subject, key, now, lasts)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_name(names), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
            critical=False,
        )
    )
    return Signed(builder.sign(authority.key, SHA256()), key)


def _require_inside(authority: x509.Certificate, names: Names) -> None:
    outside = read_scope(authority).find_outside(names)
    if outside:
        raise SettingsError(
            f"this authority can't vouch for {', '.join(outside)}: move the certs folder away and"
            " use certs init with them; every tablet must then trust the new authority"
        )


def _begin(
    title: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    """Both ends count (RFC 5280, 4.1.2.5), so it lasts a second less."""
    begins = now.replace(microsecond=0) - BEFORE
    return (
        x509.CertificateBuilder()
        .subject_name(title)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + lasts - timedelta(seconds=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _constrain(scope: Scope) -> x509.NameConstraints:
    names = [x509.DNSName(one) for one in scope.dns]
    return x509.NameConstraints([*names, *map(x509.IPAddress, scope.networks)], None)


def _name(names: Names) -> x509.SubjectAlternativeName:
    dns = [x509.DNSName(one) for one in names.dns]
    return x509.SubjectAlternativeName([*dns, *map(x509.IPAddress, names.addresses)])
