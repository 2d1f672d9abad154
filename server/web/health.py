"""`GET /health` says whether writing works; `GET /metrics` counts."""

import asyncio
import ipaddress
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response

from server.db.ballast import Ballast
from server.errors import NotFoundError, StorageUnavailableError
from server.sessions.audit_watch import AuditWatch

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from server.ingest.writer import ArchiveWriter

PROBE_AT_MOST_EVERY_S: Final = 1.0  # a probe costs a sync
PROBE_TIMEOUT_S: Final = 5.0  # a writer that takes longer can't be called healthy
REFUSAL_COUNTS_S: Final = 60.0  # gateways try again within half of that


def build_health_router(
    writer: "ArchiveWriter",
    registry: "CollectorRegistry",
    ballast: Ballast,
    audit: AuditWatch,
    name_certificate: Callable[[], str],
) -> APIRouter:
    """Readiness and metrics. `name_certificate` says none, valid, ends_soon or ended."""
    router = APIRouter(tags=["operations"])

    @router.get("/health")
    async def health() -> dict[str, str]:
        """200 while uploads are stored and a row can be written and synced, else 503.

        A ledger that somebody changed keeps no upload out: `ledger` says it. Nor does a
        certificate that ends within 30 days: `certificate` says it.
        """
        if _refused_lately(writer):
            raise StorageUnavailableError("uploads can't be stored (disk full, or database away)")
        if not _wrote_lately(writer):
            await _probe(writer)
        laid = "laid" if ballast.is_laid else "no room for it"
        told = {"status": "ok", "ballast": laid, "ledger": audit.word}
        return told | {"certificate": name_certificate()}

    @router.get("/metrics", response_class=Response)
    def metrics(request: Request) -> Response:
        """Prometheus text, for programs of this machine alone."""
        if request.client is None or not _is_this_machine(request.client.host):
            raise NotFoundError("there is nothing at this address")
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


def _is_this_machine(peer: str) -> bool:
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)  # as a listener on :: sees IPv4
    return (mapped or address).is_loopback


def _wrote_lately(writer: "ArchiveWriter") -> bool:
    last_s = writer.last_commit_s
    return last_s is not None and time.monotonic() - last_s < PROBE_AT_MOST_EVERY_S


def _refused_lately(writer: "ArchiveWriter") -> bool:
    """A row of the probe may still fit where no upload does."""
    last_s = writer.refused_upload_s
    return last_s is not None and time.monotonic() - last_s < REFUSAL_COUNTS_S


async def _probe(writer: "ArchiveWriter") -> None:
    try:
        async with asyncio.timeout(PROBE_TIMEOUT_S):
            await asyncio.wrap_future(writer.probe())
    except TimeoutError:
        raise StorageUnavailableError("the archive's writer gives no answer") from None
