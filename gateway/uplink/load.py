"""What the journal has to send next, read in one piece."""

from dataclasses import dataclass

from gateway.journal.entries import Entry, first_number
from gateway.journal.store import Journal
from gateway.uplink.batching import MAX_ENTRIES, MAX_ENTRY_BYTES
from gateway.uplink.delivery_state import Delivery
from protocol.identifiers import Epoch

_CONTROLS = 50  # entries among which there is nearly always a record


@dataclass(frozen=True, slots=True)
class Load:
    """Entries from the delivery's cursor on, and where the journal's numbering stands."""

    epoch: Epoch
    next_seq: int
    entries: list[Entry]
    before: list[Entry]  # went up already; read only if one of them is needed as a control


def read_load(journal: Journal, state: Delivery | None) -> tuple[Delivery, Load]:
    """`state` None: behind what the journal has acknowledged."""
    state = state or Delivery(journal.acknowledged)
    at_once = MAX_ENTRIES if state.needs_control else state.max_entries
    entries = journal.read_after(state.cursor, at_once, MAX_ENTRY_BYTES)
    before: list[Entry] = []
    if state.needs_control:
        above = max(0, state.cursor - _CONTROLS)
        found = journal.read_after(above, _CONTROLS, MAX_ENTRY_BYTES)
        before = [entry for entry in found if first_number(entry) <= state.cursor]
    return state, Load(journal.epoch, journal.next_seq, entries, before)
