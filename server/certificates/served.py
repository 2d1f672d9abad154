"""What is told of a certificate: whom it is for, until when, and who vouches for it."""

from dataclasses import dataclass
from datetime import datetime

from server.certificates.names import Names


@dataclass(frozen=True, slots=True)
class ServedCertificate:
    """Nothing in it is secret."""

    names: Names
    ends: datetime
    authority_title: str
    authority_der: bytes


@dataclass(slots=True)
class SecureAddress:
    """A server with a certificate, and where it listens; `trust_port` is None without that page.

    `certificate` is another one after it was renewed: it is asked for each time.
    """

    certificate: ServedCertificate
    port: int
    trust_port: int | None
