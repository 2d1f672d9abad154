"""What the page about trust shows of a server; its steps stand in the template."""

from dataclasses import dataclass
from typing import ClassVar

from server.certificates.addresses import list_app_urls
from server.certificates.fingerprint import group_fingerprint
from server.certificates.served import SecureAddress
from server.web.catalogue.spoken import current_language
from server.web.paths import SELF_TEST_PAGE


@dataclass(frozen=True, slots=True)
class TrustPageContext:
    """The page. Without a certificate `groups` is empty."""

    template: ClassVar[str] = "trust.html"

    language: str
    title: str
    groups: list[str]
    test_urls: list[str]


def view_trust(address: SecureAddress | None) -> TrustPageContext:
    """What is shown of a server with or without a certificate."""
    if address is None:
        return TrustPageContext(current_language(), "", [], [])
    served = address.certificate
    return TrustPageContext(
        language=current_language(),
        title=served.authority_title,
        groups=group_fingerprint(served.authority_der),
        test_urls=[f"{url}{SELF_TEST_PAGE}" for url in list_app_urls(served.names, address.port)],
    )
