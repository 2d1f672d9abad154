"""What the certs commands print: names, time left, fingerprint, and the code to read."""

import io
from collections.abc import Iterator
from datetime import datetime

import segno

from server.certificates.addresses import make_trust_url
from server.certificates.condition import count_days_left, warn
from server.certificates.fingerprint import group_fingerprint
from server.certificates.place import CertificateFolder
from server.certificates.served import ServedCertificate

GROUPS_A_LINE = 2


def describe(
    folder: CertificateFolder, served: ServedCertificate, now: datetime, trust_port: int
) -> str:
    """Everything that a person needs next, with the QR code at the end."""
    left = max(0, count_days_left(served.ends, now))
    url = make_trust_url(served.names, trust_port)
    lines = [
        f"certificate for {', '.join(served.names.tell())}",
        f"valid until {served.ends:%Y-%m-%d}, {left} days left",
        *_warn(served, now),
        f"authority, for gateways and tablets: {folder.authority_certificate}",
        "its SHA-256 fingerprint, to compare by eye with what a tablet shows:",
        *group_lines(group_fingerprint(served.authority_der)),
        "",
        f"serve --host 0.0.0.0 --trust-port {trust_port} shows tablets how to trust it:",
        f"  {url}",
        "",
    ]
    return "\n".join(lines) + draw_code(url)


def group_lines(groups: list[str]) -> Iterator[str]:
    """A fingerprint, some groups a line."""
    for at in range(0, len(groups), GROUPS_A_LINE):
        yield "  " + "   ".join(groups[at : at + GROUPS_A_LINE])


def draw_code(url: str) -> str:
    """A QR code of half blocks, as terminals show it."""
    drawn = io.StringIO()
    segno.make_qr(url).terminal(out=drawn, compact=True)
    return drawn.getvalue()


def _warn(served: ServedCertificate, now: datetime) -> list[str]:
    said = warn(served.ends, now)
    return [] if said is None else [f"WARNING: {said}"]
