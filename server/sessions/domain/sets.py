"""Sets: what somebody wrote down, what may be assumed, what is missing and why (decision 0012).

An assumed set is never an event. It is worked out here, so that two tablets can't double it and a
dataset full of assumptions can't pass for one full of observations.
"""

from dataclasses import dataclass
from typing import Any

from server.sessions.domain.holding import Holdings
from server.sessions.domain.levels import find_level, list_levels, lower_to
from server.sessions.domain.rotation import SetSlot, list_choices, list_set_slots
from server.sessions.domain.running import ClockRun, RunSegment
from server.sessions.domain.standing import Standing
from server.sessions.domain.substituting import find_target, list_substitutes, read_locked_ms
from server.sessions.domain.views import view_parts


@dataclass(frozen=True, slots=True)
class PersonSets:
    """One participant's sets as JSON by `exercise/number`, and how many of each sort."""

    sets: dict[str, dict[str, Any]]
    n_prescribed: int
    n_open: int
    n_extra: int


def fold_sets(
    holdings: Holdings, run: ClockRun | None, participant: str, standing: Standing
) -> PersonSets:
    """Logged sets, and for each work segment that has ended without one: assumed or missing."""
    logged = view_parts(holdings, "set", participant)
    sets = {name: {"missing": None, **one} for name, one in logged.items()}
    slots = [] if run is None else list_set_slots(run, list_choices(holdings, run, participant))
    prescribed = _read_prescription(holdings, participant)
    levels = [] if run is None else list_levels(holdings, run, participant)
    instead = {} if run is None else list_substitutes(holdings, run, participant)
    locked_ms = None if run is None else read_locked_ms(holdings, run, participant)
    n_open = 0
    names = {slot.name for slot in slots}
    n_extra = sum(name not in names for name in sets)
    for slot in slots:
        if run is None or slot.name in sets:
            continue
        if not slot.segment.is_cut and not run.has_ended(slot.segment):
            n_open += 1
            continue
        missing = "cut" if slot.segment.is_cut else find_absence(standing, run, slot.segment)
        told, changes = prescribed.get(slot.exercise), instead.get(slot.exercise, ())
        target = find_target(told, changes, slot.segment, locked_ms)
        own = lower_to(find_level(levels, slot.segment), target)
        sets[slot.name] = _derive(slot, missing, own)
    return PersonSets(sets, len(slots), n_open, n_extra)


def find_absence(standing: Standing, run: ClockRun, segment: RunSegment) -> str | None:
    """Why a set can't be assumed: her standing at the first moment she wasn't at it; else None.

    Measured in running time: what happened while the clock was held takes no time.
    """
    instants = [0, *(run.active_ms(at_ms) for at_ms, _ in standing.course)]
    words = [standing.initial_word, *(word for _, word in standing.course)]
    ends = [*instants[1:], segment.end_ms]
    for begin_ms, end_ms, word in zip(instants, ends, words, strict=True):
        overlaps = max(begin_ms, segment.begin_ms) < min(end_ms, segment.end_ms)
        if overlaps and word != "present":
            return word
    return None


def _read_prescription(holdings: Holdings, participant: str) -> dict[str, Any]:
    held = holdings.fact("prescription", participant)
    return {} if held is None else dict(held.value["exercises"])


def _derive(
    slot: SetSlot, missing: str | None, prescribed: dict[str, Any] | None
) -> dict[str, Any]:
    """The same keys as a logged set has."""
    kept = ("amount", "unit", "band", "sides")
    exercise = slot.exercise if prescribed is None else prescribed["exercise"]
    return {
        "evidence": "assumed" if missing is None else None,
        "missing": missing,
        "round": slot.segment.round,
        "station": slot.station,
        "exercise": exercise,
        "substituted_for": None if exercise == slot.exercise else slot.exercise,
        "prescribed": prescribed and {key: prescribed[key] for key in kept},
        "performed": None,
        "technique": None,
        "chips": [],
        "shortfall_reason": None,
        "event": None,
        "conflict": False,
    }
