"""Whom the certificate is for, how long it holds, and the code that leads a tablet to the trust."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import segno
from markupsafe import Markup

from server.certificates.addresses import SUGGESTED_TRUST_PORT, list_app_urls, make_trust_url
from server.certificates.condition import count_days_left, ends_soon, has_ended
from server.certificates.fingerprint import group_fingerprint
from server.certificates.served import SecureAddress
from server.web.catalogue.catalogue import load_catalogue
from server.web.catalogue.spoken import current_language


@dataclass(frozen=True, slots=True)
class AddressPageContext:
    """The page. Without a certificate `names` is empty; without a plain page `trust_url` is."""

    template: ClassVar[str] = "address.html"

    language: str
    warning: str
    names: list[str]
    ends: str
    app_urls: list[str]
    groups: list[str]
    trust_url: str
    code: Markup
    suggested_port: int


def view_address(address: SecureAddress | None, now: datetime) -> AddressPageContext:
    """What is shown at a moment."""
    if address is None:
        nothing = Markup()
        return AddressPageContext(
            current_language(), "", [], "", [], [], "", nothing, SUGGESTED_TRUST_PORT
        )
    served = address.certificate
    url = make_trust_url(served.names, address.trust_port) if address.trust_port else ""
    return AddressPageContext(
        language=current_language(),
        warning=_warn(served.ends, now),
        names=served.names.tell(),
        ends=f"{served.ends:%Y-%m-%d}",
        app_urls=list_app_urls(served.names, address.port),
        groups=group_fingerprint(served.authority_der),
        trust_url=url,
        code=_draw_code(url) if url else Markup(),
        suggested_port=SUGGESTED_TRUST_PORT,
    )


def _warn(ends: datetime, now: datetime) -> str:
    t = load_catalogue(current_language()).t
    mend = t("Use doseline-server certs renew; neither a restart nor new trust is needed.")
    if has_ended(ends, now):
        return t("The certificate has ended: browsers refuse this server.") + " " + mend
    if ends_soon(ends, now):
        days = count_days_left(ends, now)
        return t("The certificate ends soon; days left: {n}.", n=days) + " " + mend
    return ""


def _draw_code(url: str) -> Markup:
    """The QR code of an address as SVG."""
    code = segno.make_qr(url, error="m")
    svg = code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704 - segno's own numbers, no one's input
