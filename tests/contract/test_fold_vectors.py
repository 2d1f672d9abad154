"""Fold vectors: short evenings and the state they fold to, for both hands (here and the tablet's).

Each `why` says what a vector shows. The states were written by the server's fold and read against
their `why`; figures worked out by hand are in tests/unit/server/sessions/domain.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from protocol.ledger.event import LedgerEvent
from protocol.ledger.validation import decode_event
from server.sessions.domain.fold import fold_session

VECTORS = sorted(Path(__file__).with_name("fold_vectors").glob("*.json"))


def _read(path: Path) -> tuple[list[LedgerEvent], str, dict[str, Any]]:
    vector = json.loads(path.read_text("utf-8"))
    return [_make(row) for row in vector["events"]], vector["at"], vector["state"]


def _make(row: dict[str, Any]) -> LedgerEvent:
    """Valid, unless what it said was erased since."""
    if row["value"] is None and row["supersedes"] is None:
        return msgspec.convert(row, LedgerEvent)
    event = decode_event(row)
    assert isinstance(event, LedgerEvent), event
    return event


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_events_fold_to_the_state_of_the_vector(path: Path) -> None:
    events, at, state = _read(path)
    assert fold_session(events, at) == state
    assert fold_session([*reversed(events), *events], at) == state


def test_vectors_hold_every_kind_of_event() -> None:
    from protocol.ledger.kinds import KINDS

    seen = {event.kind for path in VECTORS for event in _read(path)[0]}
    assert seen == set(KINDS)
