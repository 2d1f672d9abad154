"""What rows about a link say that streams are accounted for by."""

from gateway.straps.recorder import NOT_AGREED, OFF_ROSTER, STREAM_OF
from protocol.errors import InvalidMessageError
from protocol.messages.codec import decode_link_event
from protocol.messages.uplink import MAY_SEND, LinkEvent

_NAMED: dict[str, str] = dict(STREAM_OF.items())


def ends_account(payload: bytes) -> bool:
    """Whether a row about a link takes its strap off the roster: nothing is expected after it."""
    event = read_link(payload)
    return event.phase not in MAY_SEND and event.detail == OFF_ROSTER


def find_withdrawn(payload: bytes) -> str | None:
    """The stream that isn't agreed to any more, where a row about a link says so."""
    detail = read_link(payload).detail or ""
    return _NAMED.get(detail.removeprefix(NOT_AGREED)) if detail.startswith(NOT_AGREED) else None


def read_link(payload: bytes) -> LinkEvent:
    """What a row about a link says."""
    try:
        return decode_link_event(payload)
    except InvalidMessageError:
        return LinkEvent("unreadable")
