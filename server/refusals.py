"""Counts what was refused, by the stable codes of our own errors: nothing that a sender wrote."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from server.errors import ServerError

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

NoteRefusal = Callable[[str], None]

# Codes that belong to no class in server.errors: the protocol's and the framework's refusals.
OTHER_CODES: Final = (
    "cross_site",
    "internal_error",
    "message_invalid",
    "message_version_unsupported",
    "misdirected",
    "request_cut",
    "request_refused",
)


class Refusals:
    """One counter a code, all of them 0 at the start, so that the first refusal is a change."""

    def __init__(self, registry: "CollectorRegistry") -> None:
        from prometheus_client import Counter

        self._counter = Counter(
            "doseline_refusals",
            "Requests answered with a problem, by its code.",
            ["code"],
            registry=registry,
        )
        for code in (*_codes(ServerError), *OTHER_CODES):
            self._counter.labels(code)

    def note(self, code: str) -> None:
        """A request was refused with this code: a constant of ours, never a sender's words."""
        self._counter.labels(code).inc()


def _codes(kind: type[ServerError]) -> Iterator[str]:
    yield kind.code
    for child in kind.__subclasses__():
        yield from _codes(child)
