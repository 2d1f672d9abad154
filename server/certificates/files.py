"""Certificates and keys as files: written durably, keys for their owner alone, read or refused."""

from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from server.certificates.making import Signed
from server.certificates.place import CertificateFolder
from server.db.data_directory import write_durably
from server.errors import SettingsError

OTHERS: Final = 0o077
_MEND: Final = "make a new one with doseline-server certs renew"
_ANEW: Final = "move the certs folder away and use certs init; every tablet must then trust anew"


def keep_authority(folder: CertificateFolder, authority: Signed) -> None:
    """Key first: a certificate without its key would look complete. Raises SettingsError."""
    try:
        folder.path.mkdir(mode=0o700, exist_ok=True)
        folder.path.chmod(0o700)
        _keep_key(folder.authority_key, authority)
        _keep_certificate(folder.authority_certificate, authority)
    except OSError as error:
        raise _explain(folder.path, error) from None


def keep_server(folder: CertificateFolder, server: Signed) -> None:
    """Both files, one after the other: after a power cut between them renewing again mends it."""
    try:
        _keep_key(folder.server_key, server)
        _keep_certificate(folder.server_certificate, server)
    except OSError as error:
        raise _explain(folder.path, error) from None


def read_authority(folder: CertificateFolder) -> Signed:
    """The authority with its key. Raises SettingsError."""
    key = read_key(folder.authority_key, _ANEW)
    certificate = read_certificate(folder.authority_certificate, "restore it from a copy")
    if certificate.public_key() != key.public_key():
        raise SettingsError(
            f"{folder.authority_key} isn't the key of {folder.authority_certificate.name}: {_ANEW}"
        )
    return Signed(certificate, key)


def read_certificate(path: Path, mend: str = _MEND) -> x509.Certificate:
    """Raises SettingsError with what to do."""
    try:
        return x509.load_pem_x509_certificate(_read(path, mend))
    except ValueError:
        raise SettingsError(f"{path} holds no certificate; {mend}") from None


def read_key(path: Path, mend: str = _MEND) -> ec.EllipticCurvePrivateKey:
    """A key that nobody but its owner may read. Raises SettingsError with what to do."""
    content = _read(path, mend)
    if path.stat().st_mode & OTHERS:
        raise SettingsError(f"others may read the key {path}: chmod 600 it, or renew it")
    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise SettingsError(f"{path} holds no key of ours; {mend}")
    return key


def _read(path: Path, mend: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SettingsError(f"{path} is missing; {mend}") from None
    except OSError as error:
        raise SettingsError(f"{path} can't be read: {error.strerror}") from None


def _keep_key(path: Path, signed: Signed) -> None:
    pem = signed.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_durably(path, pem, mode=0o600)


def _keep_certificate(path: Path, signed: Signed) -> None:
    write_durably(path, signed.certificate.public_bytes(Encoding.PEM), mode=0o644)


def _explain(path: Path, error: OSError) -> SettingsError:
    return SettingsError(f"can't write into {path}: {error.strerror}")
