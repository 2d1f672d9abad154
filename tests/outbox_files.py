"""Files as a tablet saves its entries to them."""

import json
from collections.abc import Collection, Sequence

from protocol.ledger.event import LedgerEvent
from server.sessions.outbox_file import compute_checksum
from tests.ledger_entries import SESSION, TABLET_A, to_json


def write_outbox(
    events: Sequence[LedgerEvent], study: str | None = "study", refused: Collection[str] = ()
) -> str:
    """The file's text; `refused` are ids that a server has set aside."""
    entries = [
        {
            "id": event.id,
            "session": SESSION,
            "state": "refused" if event.id in refused else "waiting",
            "envelope": to_json(event),
            "n": None,
            "result": None,
            "refusal": None,
        }
        for event in events
    ]
    content = {
        "doseline_outbox": 1,
        "study": study,
        "device": TABLET_A,
        "sha256": compute_checksum(entries),
        "entries": entries,
    }
    return json.dumps(content, indent=1, ensure_ascii=False)
