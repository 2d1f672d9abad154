"""The circuit clock as the folded session shows it."""

from typing import Any

from protocol.ledger.instants import format_utc_ms
from server.sessions.domain.running import ClockRun, RunSegment


def view_clock(run: ClockRun | None, *, is_closed: bool) -> dict[str, Any]:
    """Where the clock stands: absolute deadlines, so that every tablet shows the same second."""
    if run is None:
        return _IDLE
    current = None if is_closed else run.current
    held_since_ms = run.held_since_ms if current is not None else None
    return {
        "state": "done" if current is None else "running" if held_since_ms is None else "held",
        "event": run.event_id,
        "started_at": format_utc_ms(run.started_ms),
        "other_starts": list(run.other_starts),
        **_view_current(run, current, is_held=held_since_ms is not None),
        "held_since": None if held_since_ms is None else format_utc_ms(held_since_ms),
        "active_ms": run.active_ms(run.now_ms),
        "total_ms": run.total_ms,
        "stations": run.start["stations"],
        "direction": run.start["direction"],
        "segments": [_view_segment(segment) for segment in run.segments],
    }


_NOWHERE: dict[str, Any] = {
    "segment": None,
    "kind": None,
    "round": None,
    "slot": None,
    "remaining_ms": 0,
    "ends_at": None,
}
_IDLE: dict[str, Any] = {
    "state": "idle",
    "event": None,
    "started_at": None,
    "other_starts": [],
    **_NOWHERE,
    "held_since": None,
    "active_ms": 0,
    "total_ms": 0,
    "stations": [],
    "direction": None,
    "segments": [],
}


def _view_current(run: ClockRun, current: RunSegment | None, *, is_held: bool) -> dict[str, Any]:
    if current is None:
        return _NOWHERE
    remaining_ms = current.end_ms - run.active_ms(run.now_ms)
    ends_ms = max(run.now_ms, run.started_ms) + remaining_ms
    return {
        "segment": current.index,
        "kind": current.kind,
        "round": current.round,
        "slot": current.slot,
        "remaining_ms": remaining_ms,
        "ends_at": None if is_held else format_utc_ms(ends_ms),
    }


def _view_segment(segment: RunSegment) -> dict[str, Any]:
    return {
        "index": segment.index,
        "kind": segment.kind,
        "round": segment.round,
        "slot": segment.slot,
        "seconds": segment.seconds,
        "cut": segment.is_cut,
    }
