"""From compared drafts to entries for the ledger, the same each time they are made. Pure.

An entry's id comes from what it says and where it stands, so a page that is sent twice, or copied
by two people, is in the ledger once.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from protocol.ledger.canonical import encode_canonical
from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault
from protocol.ledger.instants import parse_utc_ms
from protocol.ledger.uuid7 import RANDOM_BYTES, make_uuid7
from protocol.ledger.validation import decode_event
from server.errors import RuleError
from server.sessions.server_hand import SERVER_DEVICE
from server.web.copy_beside import Compared, Verdict
from server.web.copy_drafts import NEW_ABOUT, Draft
from server.web.copy_form import Copied

AS_ENTERED: Final = "as it was entered; the sheet says otherwise"
AS_WRITTEN: Final = "as the sheet says; it was entered otherwise"


@dataclass(frozen=True, slots=True)
class Copyist:
    """Who copies, into which session, after which entries of the server's own hand."""

    actor: str
    session: str
    n_before: int
    known: Collection[str]  # ids that the session has


def make_entries(
    compared: Iterable[Compared], copied: Copied, copyist: Copyist
) -> list[LedgerEvent]:
    """What the ledger is to have more; what it has already is left out.

    Raises RuleError for what it doesn't take.
    """
    rows = [row for one in compared for row in _list_rows(one, copied, copyist)]
    once = {row["id"]: row for row in rows}  # a line that was typed twice is one line
    fresh = [row for name, row in once.items() if name not in copyist.known]
    for place, row in enumerate(fresh, start=copyist.n_before + 1):
        row["device_seq"] = place
    return [_decode(row) for row in fresh]


def _list_rows(one: Compared, copied: Copied, copyist: Copyist) -> Iterator[dict[str, Any]]:
    if one.verdict is Verdict.SAME:
        return
    draft, paper = one.draft, {"sheet": copied.sheet, "page": one.draft.page,
                               "written_by": copied.written_by}  # fmt: skip
    if one.verdict is Verdict.DIFFERS and draft.kind == "wearing" and one.kept is not None:
        draft = replace(draft, value={**one.kept, "strap": draft.value["strap"]})
    if one.rival is not None:
        kept = replace(draft, value=dict(one.kept or {}))
        yield _make_row(kept, one, copyist, reason=AS_ENTERED)
        yield {**_make_row(draft, one, copyist, reason=AS_WRITTEN, sheet=copied.sheet),
               "paper": paper}  # fmt: skip
        return
    yield {**_make_row(draft, one, copyist, sheet=copied.sheet), "paper": paper}


def _make_row(
    draft: Draft, one: Compared, copyist: Copyist, *, reason: str | None = None, sheet: str = ""
) -> dict[str, Any]:
    about = one.about
    seed = [copyist.session, sheet, draft.page, draft.kind, about, draft.value, draft.at, reason]
    made = hashlib.sha256(encode_canonical(seed)).digest()
    start_ms = parse_utc_ms(draft.at)
    if about == NEW_ABOUT:
        about = make_uuid7(start_ms, made[RANDOM_BYTES : 2 * RANDOM_BYTES])
    return {
        "id": make_uuid7(start_ms, made[:RANDOM_BYTES]),
        "kind": draft.kind,
        "about": about,
        "value": draft.value,
        "actor": copyist.actor,
        "device": SERVER_DEVICE,
        "device_seq": 1,
        "occurred_at": draft.at,
        "clock_offset_ms": 0,
        "supersedes": None if one.rival is None else one.rival.id,
        "reason": reason,
    }


def _decode(row: dict[str, Any]) -> LedgerEvent:
    event = decode_event(row)
    if isinstance(event, EventFault):
        raise RuleError(event.message)
    return event
