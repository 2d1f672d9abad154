"""The file that a tablet saves its entries to, for when no server comes. Pure.

`{"doseline_outbox": 1, "study", "device", "sha256", "entries": [{"session", "state", "envelope",
…}]}`; the checksum is of the entries as the tablet wrote them, without spaces.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from protocol.errors import InvalidIdentifierError, InvalidMessageError
from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault
from protocol.ledger.uuid7 import parse_uuid7
from protocol.ledger.validation import decode_posted_event

FORMAT: Final = 1
MARK: Final = "doseline_outbox"


class _Entry(msgspec.Struct, frozen=True):
    session: str
    state: Literal["waiting", "sent", "refused"]
    envelope: dict[str, Any]


class _File(msgspec.Struct, frozen=True):
    device: str
    entries: list[_Entry]
    study: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """An entry of the file. `was_refused`: a server has set it aside before."""

    session: str
    event: LedgerEvent | EventFault
    was_refused: bool


@dataclass(frozen=True, slots=True)
class Outbox:
    """What a tablet had; `study` None where it never met a server."""

    study: str | None
    device: str
    entries: Sequence[OutboxEntry]


def decode_outbox(text: str) -> Outbox:
    """The entries of a file, in its order. Raises InvalidMessageError for what is no such file."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidMessageError("it is no whole JSON: cut off, or changed on its way") from None
    if not isinstance(content, dict) or MARK not in content:
        raise InvalidMessageError("no tablet of doseline saved it")
    if content[MARK] != FORMAT:
        raise InvalidMessageError(f"it has format {content[MARK]!r}; this server reads {FORMAT}")
    try:
        file = msgspec.convert(content, _File)
    except msgspec.ValidationError as error:
        raise InvalidMessageError(f"it isn't as a tablet writes it: {error}") from None
    if file.sha256 is not None and file.sha256 != compute_checksum(content["entries"]):
        raise InvalidMessageError("its entries aren't those that the tablet wrote: other checksum")
    return Outbox(file.study, file.device, [_read_entry(entry) for entry in file.entries])


def compute_checksum(entries: Any) -> str:
    """SHA-256 of the entries as JavaScript's JSON.stringify writes them."""
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _read_entry(entry: _Entry) -> OutboxEntry:
    try:
        parse_uuid7(entry.session)
    except InvalidIdentifierError:
        raise InvalidMessageError(f"no session has the id {entry.session[:64]!r}") from None
    event = decode_posted_event(entry.envelope)
    return OutboxEntry(entry.session, event, entry.state == "refused")
