"""`/address`: for admins, how long the certificate holds and how tablets come to trust it."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from server.certificates.served import SecureAddress
from server.web.paths import ADDRESS_PATH


def build_address_router(address: SecureAddress | None, wall_ns: Callable[[], int]) -> APIRouter:
    """The page. What draws codes is loaded with the first one."""
    router = APIRouter(include_in_schema=False)

    @router.get(ADDRESS_PATH)
    def show() -> HTMLResponse:
        from server.certificates.condition import read_utc
        from server.web.address_view import view_address
        from server.web.pages import make_page

        return make_page(view_address(address, read_utc(wall_ns())))

    return router
