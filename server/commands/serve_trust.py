"""The second, plain listener of `serve`: the page about trust and nothing else."""

from collections.abc import Iterator
from typing import Final

import uvicorn

from server.certificates.addresses import TRUST_PATH, list_app_urls, make_trust_url
from server.certificates.served import SecureAddress
from server.commands.listening import Serving, SmallReads
from server.settings import is_loopback
from server.web.trust_site import build_trust_site

MAX_CONNECTIONS: Final = 24  # tablets of a gym, one after the other
KEEP_ALIVE_S: Final = 5
MAX_HEADER_BYTES: Final = 8 * 1024


def build_trust_server(address: SecureAddress) -> Serving:
    """Small on purpose: whatever floods it leaves the server's own connections alone."""
    config = uvicorn.Config(
        build_trust_site(address),
        http=SmallReads,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=1,
        limit_concurrency=MAX_CONNECTIONS,
        h11_max_incomplete_event_size=MAX_HEADER_BYTES,
        lifespan="off",
    )
    return Serving(config, lambda: None)


def tell_addresses(address: SecureAddress | None, host: str) -> Iterator[str]:
    """What a person types, beyond the address that the server listens on."""
    if address is None:
        return
    is_alone = is_loopback(host.strip("[]"))
    names, trust_port = address.certificate.names, address.trust_port
    for url in () if is_alone else list_app_urls(names, address.port):
        yield f"  tablets and browsers: {url}/\n"
    if trust_port is not None:
        own = f"http://{host}:{trust_port}{TRUST_PATH}"
        yield f"  trust it first: {own if is_alone else make_trust_url(names, trust_port)}\n"
