"""From what stands on a sheet to entries that the ledger could have. Pure.

What isn't on the sheet makes no entry, and nothing prescribed is taken for done.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from server.web.catalogue.spoken import t
from server.web.copy_fields import MOMENTS, N_EVENTS, N_HOLDS, name_set
from server.web.copy_form import Copied
from server.web.sheet_clock import SheetClock
from server.web.sheet_rows import SESSION_PAGE, Sheet, SheetPerson, SheetStation
from server.web.sheet_words import NO_RATING, QUESTIONS

NEW_ABOUT: Final = ""  # named by the entry itself: a strap interval, an adverse event
_NO_CONTEXT: Final = dict.fromkeys(("round", "exercise", "set", "room_c", "hr_last_5min", "strap"))


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be. `said` are the parts of its value that the sheet itself says, by path.

    `at` is a UTC text; `is_told` whether the sheet has that time.
    """

    kind: str
    about: str
    value: dict[str, Any]
    said: Mapping[str, Any]
    at: str
    page: int
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """Of what has no time on the sheet: `begin` of the session; of sets and rounds by the clock.

    `sets` has the end of a woman's set by its name where a circuit's clock ran, `ends` its end.
    """

    begin: str
    sets: Mapping[str, str]
    ends: str | None

    def of_set(self, name: str) -> str:
        return self.sets.get(name, self.begin)

    def of_round(self, number: int) -> str:
        own = [at for name, at in self.sets.items() if name.endswith(f"/{number}")]
        return max(own, default=self.begin)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a woman's drafts are made of; `effort` has scale and wording as they are printed."""

    sheet: Sheet
    person: SheetPerson
    times: Times
    effort: Mapping[str, Any]


def draft_session(copied: Copied, times: Times, clock: SheetClock) -> list[Draft]:
    """Of the session's own page."""
    values, drafts = copied.values, []
    at = {"start": times.begin, "middle": times.begin, "end": times.ends or times.begin}
    for one in MOMENTS:
        degrees = values.get(f"room_{one}")
        if degrees is not None:
            value = {"temperature_c": degrees, "humidity_pct": None, "source": "typed"}
            said = {"temperature_c": degrees}
            drafts.append(Draft("room_climate", one, value, said, at[one], SESSION_PAGE))
    clock_words = tell_clock_lines(copied, clock)
    for text in (clock_words, values.get("note")):
        if text:
            note = {"text": text}
            drafts.append(Draft("note", "session", note, note, times.begin, SESSION_PAGE))
    return drafts


def tell_clock_lines(copied: Copied, clock: SheetClock) -> str:
    """The sheet's clock as a note. It starts no clock: that would take empty boxes for done."""
    values = copied.values

    def tell(name: str) -> str:
        return clock.tell(str(values[name])) if name in values else t("not on the sheet")

    told = []
    if "clock_started" in values:
        told.append(t("started {at}", at=tell("clock_started")))
    for n in range(1, N_HOLDS + 1):
        if f"hold{n}_from" in values:
            why = values.get(f"hold{n}_why", t("no reason on the sheet"))
            told.append(t("held {start} to {end} ({why})", start=tell(f"hold{n}_from"),
                          end=tell(f"hold{n}_until"), why=why))  # fmt: skip
    if not told:
        return ""
    return t("Clock on the sheet, {zone}: {told}", zone=clock.zone_words, told="; ".join(told))


def draft_person(copied: Copied, leaf: Leaf) -> list[Draft]:
    """Of one woman's leaf, in its order."""
    return [
        *_draft_coming(copied, leaf),
        *_draft_readiness(copied, leaf),
        *_draft_sets(copied, leaf),
        *_draft_efforts(copied, leaf),
        *_draft_events(copied, leaf),
        *_draft_leaving(copied, leaf),
    ]


def _draft_coming(copied: Copied, leaf: Leaf) -> Iterator[Draft]:
    values, person = copied.values, leaf.person
    begin, code = leaf.times.begin, person.code
    if "came" in values:
        at = str(values.get("came_at", begin))
        value = {"status": values["came"], "why": values.get("came_why")}
        yield Draft("attendance", code, value, value, at, person.page, "came_at" in values)
    if "strap" in values:
        strap = {"participant": code, "strap": values["strap"], "from": begin, "until": None}
        yield Draft("wearing", NEW_ABOUT, strap, {"strap": values["strap"]}, begin, person.page)


def _draft_readiness(copied: Copied, leaf: Leaf) -> Iterator[Draft]:
    values, person = copied.values, leaf.person
    said: dict[str, Any] = {
        key: values[f"ready_{key}"] == "yes" for key in QUESTIONS if f"ready_{key}" in values
    }
    if "ready_tiredness_0_10" in values:
        said["tiredness_0_10"] = values["ready_tiredness_0_10"]
    if said:
        by = "self" if copied.written_by is None else "trainer"
        empty = dict.fromkeys((*QUESTIONS, "tiredness_0_10"))
        value = {**empty, **said, "answered_by": by}
        yield Draft("readiness", person.code, value, said, leaf.times.begin, person.page)


def _draft_sets(copied: Copied, leaf: Leaf) -> Iterator[Draft]:
    for station in leaf.person.stations:
        for round_ in range(1, leaf.sheet.rounds + 1):
            draft = _draft_set(copied, leaf, station, round_)
            if draft is not None:
                yield draft


def _draft_set(copied: Copied, leaf: Leaf, station: SheetStation, round_: int) -> Draft | None:
    """A set that the sheet says anything of; an amount that isn't there stays unknown."""
    parts = {part: copied.values.get(name_set(station, round_, part))
             for part in ("amount", "band", "form", "why")}  # fmt: skip
    if all(one is None for one in parts.values()):
        return None
    is_other = station.exercise != station.station_exercise
    performed = {"amount": parts["amount"], "unit": station.prescribed["unit"],
                 "band": parts["band"], "band_length_cm": None, "sides": None}  # fmt: skip
    value = {
        "round": round_,
        "station": station.station,
        "exercise": station.exercise,
        "substituted_for": station.station_exercise if is_other else None,
        "prescribed": dict(station.prescribed),
        "performed": performed,
        "evidence": "self_report" if copied.written_by is None else "observed",
        "technique": parts["form"],
        "chips": ["skipped"] if parts["amount"] == 0 else [],
        "shortfall_reason": parts["why"],
    }
    paths = {"performed.amount": "amount", "performed.band": "band", "technique": "form",
             "shortfall_reason": "why"}  # fmt: skip
    said = {path: parts[part] for path, part in paths.items() if parts[part] is not None}
    name = f"{station.station_exercise}/{round_}"
    about, at = f"{leaf.person.code}/{name}", leaf.times.of_set(name)
    return Draft("set", about, value, said, at, leaf.person.page)


def _draft_efforts(copied: Copied, leaf: Leaf) -> Iterator[Draft]:
    person, values = leaf.person, copied.values
    for round_ in range(1, leaf.sheet.rounds + 1):
        rated = _rate(copied, leaf, f"effort{round_}")
        if rated is not None:
            elsewhere = values.get(f"effort{round_}_at")
            where = _find_exercise(person, elsewhere or str(leaf.sheet.asked_after[round_ - 1]))
            value, said = {**rated[0], "exercise": where}, dict(rated[1])
            if elsewhere is not None:
                said["exercise"] = where
            at = leaf.times.of_round(round_)
            yield Draft("rpe", f"{person.code}/{round_}", value, said, at, person.back)
    whole = _rate(copied, leaf, "whole")
    if whole is not None:
        value = {**whole[0], "minutes_after_end": None}
        at = leaf.times.ends or leaf.times.begin
        yield Draft("session_rpe", person.code, value, whole[1], at, person.back)


def _rate(copied: Copied, leaf: Leaf, name: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Value and what of it was said; None where the sheet has nothing."""
    how = copied.values.get(f"{name}_how")
    if how is None:
        return None
    rating = None if how in NO_RATING else copied.values[name]
    said = {"rating": rating, "missing_reason": how if how in NO_RATING else None}
    value = {**said, "scale": leaf.effort["scale"], "anchor_pack": leaf.effort["anchor_pack"],
             "source": None if how in NO_RATING else how}  # fmt: skip
    return value, {**said, "scale": leaf.effort["scale"]}


def _draft_events(copied: Copied, leaf: Leaf) -> Iterator[Draft]:
    person, values = leaf.person, copied.values
    for number in range(1, N_EVENTS + 1):
        what = values.get(f"event{number}_what")
        if what is not None:
            where = _find_exercise(person, values.get(f"event{number}_station"))
            value = {"participant": person.code, "what": what,
                     "context": {**_NO_CONTEXT, "exercise": where}}  # fmt: skip
            at = str(values[f"event{number}_at"])
            yield Draft("adverse_event", NEW_ABOUT, value, {"what": what}, at, person.back, True)


def _draft_leaving(copied: Copied, leaf: Leaf) -> Iterator[Draft]:
    person, values = leaf.person, copied.values
    for kind, name, why in (("person_held", "stop_from", "stop_why"),
                            ("person_resumed", "stop_until", None)):  # fmt: skip
        if name in values:
            value = {"at": values[name], "why": values.get(why) if why else None}
            yield Draft(kind, person.code, value, value, str(values[name]), person.back, True)
    if "left_at" in values:
        value = {"status": "left", "why": values.get("left_why")}
        at = str(values["left_at"])
        yield Draft("attendance", person.code, value, value, at, person.back, True)
    if "note" in values:
        note = {"text": values["note"]}
        yield Draft("note", person.code, note, note, leaf.times.begin, person.back)


def _find_exercise(person: SheetPerson, turn: object) -> str | None:
    found = person.find_turn(int(str(turn))) if turn is not None else None
    return None if found is None else found.exercise
