"""When things were that have no time on a sheet. Pure."""

from protocol.ledger.instants import format_utc_ms
from server.dose.sensed.evening_times import list_set_times
from server.dose.written.evening import WrittenEvening, fold_evening
from server.web.copy_drafts import Times
from server.web.sheet_reading import SheetEvening


def find_times(evening: SheetEvening, code: str) -> Times:
    """By the circuit's clock where one ran, else by when the session was planned to begin.

    `code` is empty for the session as a whole.
    """
    written = fold_evening(evening.events, evening.now)
    ends = [at for own in written.slots for at in _list_ends(written, own).values()]
    sets = _list_ends(written, code) if code else {}
    return Times(evening.clock.planned_start, sets, max(ends, default=None))


def _list_ends(written: WrittenEvening, code: str) -> dict[str, str]:
    """By a set's name the UTC text of its end; empty where no clock ran."""
    if written.run is None:
        return {}
    return {one.name: format_utc_ms(one.work.until_ms) for one in list_set_times(written, code)}
