"""`/trust`: how a device comes to trust this server, and the authority's certificate to take."""

from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Response
from starlette.responses import HTMLResponse

from server.certificates.addresses import TRUST_PATH
from server.certificates.served import SecureAddress
from server.errors import NotFoundError
from server.web.paths import TRUST_DER_PATH, TRUST_PEM_PATH, TRUST_PROFILE_PATH

if TYPE_CHECKING:
    from collections.abc import Callable

DER_TYPE: Final = "application/x-x509-ca-cert"  # what Android and Windows open as a certificate
PEM_TYPE: Final = "application/x-pem-file"
FILE_NAME: Final = "doseline-authority"


def build_trust_router(address: SecureAddress | None) -> APIRouter:
    """The page and its files; without a certificate the page says so and there are no files."""
    router = APIRouter(include_in_schema=False)

    @router.get(TRUST_PATH)
    def trust() -> HTMLResponse:
        return answer_page(address)

    for path in (TRUST_DER_PATH, TRUST_PEM_PATH, TRUST_PROFILE_PATH):
        router.add_api_route(path, _make_route(address, path), methods=["GET"])
    return router


def answer_page(address: SecureAddress | None) -> HTMLResponse:
    """The page, which no cache keeps: another authority may come."""
    from server.web.pages import make_page
    from server.web.trust_view import view_trust

    return make_page(view_trust(address))


def answer_file(address: SecureAddress, path: str) -> Response:
    """The authority's certificate, no secret, in one of three forms; its key isn't here."""
    der, title = address.certificate.authority_der, address.certificate.authority_title
    if path == TRUST_PROFILE_PATH:
        from server.certificates.profile import MEDIA_TYPE, make_profile

        return _answer(make_profile(der, title), MEDIA_TYPE, "mobileconfig")
    if path == TRUST_PEM_PATH:
        import ssl

        return _answer(ssl.DER_cert_to_PEM_cert(der).encode(), PEM_TYPE, "pem")
    return _answer(der, DER_TYPE, "crt")


def _answer(content: bytes, media_type: str, suffix: str) -> Response:
    named = f'attachment; filename="{FILE_NAME}.{suffix}"'
    return Response(content, media_type=media_type, headers={"Content-Disposition": named})


def _make_route(address: SecureAddress | None, path: str) -> "Callable[[], Response]":
    def take() -> Response:
        if address is None:
            raise NotFoundError("this server has no certificate yet")
        return answer_file(address, path)

    return take
