"""The fields of a sheet's copy, in the order in which they stand on the paper. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from protocol.training.effort import BORG_NUMBERS, CR10_NUMBERS
from server.web.catalogue.spoken import Wording, t
from server.web.review_words import EVENTS
from server.web.sheet_rows import Sheet, SheetPerson, SheetStation
from server.web.sheet_words import (
    BANDS,
    FORMS,
    HOW,
    NO_RATING,
    QUESTIONS,
    SHORTFALLS,
    tell_place,
    tell_prescribed,
)

N_EVENTS: Final = 2  # lines of adverse events on a leaf
N_HOLDS: Final = 2  # lines of holds of the circuit's clock
MOST_AMOUNT: Final = 999
MOMENTS: Final = ("start", "middle", "end")
_YES_NO: Final = Wording(lambda: {"yes": t("yes"), "no": t("no")})
_CAME: Final = Wording(
    lambda: {"present": t("came"), "late": t("came late"), "absent": t("didn't come")}
)


class Form(Enum):
    """How a field is typed."""

    NUMBER = auto()
    CHOICE = auto()
    CLOCK = auto()
    TEXT = auto()
    STRAP = auto()


@dataclass(frozen=True, slots=True)
class CopyField:
    """One field; left empty it isn't on the sheet. `numbers` are the only ones that it takes."""

    name: str
    label: str
    form: Form
    choices: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Fields that stand together; `beside` is what was prescribed, for the eye alone."""

    id: str
    title: str
    fields: tuple[CopyField, ...]
    beside: str = ""
    by: int = 0  # fields in one line


def list_person_groups(sheet: Sheet, person: SheetPerson, scale: str) -> list[CopyGroup]:
    """Front, then back of one woman's leaf."""
    return [
        _list_coming(),
        _list_readiness(),
        *(_list_sets(sheet, one) for one in person.stations),
        *_list_efforts(sheet, person, scale),
        *(_list_event(person, number) for number in range(1, N_EVENTS + 1)),
        _list_leaving(),
    ]


def list_session_groups() -> list[CopyGroup]:
    """The session's own page."""
    words = {
        "start": t("°C at the start"),
        "middle": t("°C in the middle"),
        "end": t("°C at the end"),
    }
    degrees = tuple(step / 2 for step in range(-20, 121))
    climate = [
        CopyField(f"room_{one}", words[one], Form.NUMBER, numbers=degrees) for one in MOMENTS
    ]
    holds = [
        one
        for n in range(1, N_HOLDS + 1)
        for one in (
            CopyField(f"hold{n}_from", t("Hold {n}: from", n=n), Form.CLOCK),
            CopyField(f"hold{n}_until", t("Hold {n}: until", n=n), Form.CLOCK),
            CopyField(f"hold{n}_why", t("Hold {n}: why", n=n), Form.TEXT),
        )
    ]
    started = CopyField("clock_started", t("Started at"), Form.CLOCK)
    return [
        CopyGroup("room", t("Room"), tuple(climate)),
        CopyGroup("clock", t("Clock of the circuit"), (started, *holds)),
        CopyGroup("notes", t("Notes on the session"), (CopyField("note", t("Note"), Form.TEXT),)),
    ]


def name_set(station: SheetStation, round_: int, part: str) -> str:
    """The field of one part of a set."""
    return f"t{station.turn}r{round_}_{part}"


def _list_coming() -> CopyGroup:
    fields = (
        CopyField("came", t("Did she come?"), Form.CHOICE, _CAME),
        CopyField("came_at", t("If late: at"), Form.CLOCK),
        CopyField("came_why", t("If she didn't come: why"), Form.TEXT),
        CopyField("strap", t("Strap, its number"), Form.STRAP),
    )
    return CopyGroup("coming", t("Coming"), fields)


def _list_readiness() -> CopyGroup:
    asked = [
        CopyField(f"ready_{key}", words, Form.CHOICE, _YES_NO) for key, words in QUESTIONS.items()
    ]
    tired = CopyField(
        "ready_tiredness_0_10", t("Tiredness 0 to 10"), Form.NUMBER, numbers=range(11)
    )
    return CopyGroup("readiness", t("How she is today"), (*asked, tired))


def _list_sets(sheet: Sheet, station: SheetStation) -> CopyGroup:
    fields = [one for n in range(1, sheet.rounds + 1) for one in _list_set(station, n)]
    title = t("Turn {turn}: station {n}, {name}", turn=station.turn, n=station.station + 1,
              name=t(station.name))  # fmt: skip
    beside = tell_prescribed(station.prescribed)
    by = len(fields) // sheet.rounds
    return CopyGroup(f"turn{station.turn}", title, tuple(fields), beside, by)


def _list_set(station: SheetStation, round_: int) -> list[CopyField]:
    def name(part: str) -> str:
        return name_set(station, round_, part)

    amounts = range(MOST_AMOUNT + 1)
    made = [CopyField(name("amount"), t("Round {n}: done", n=round_), Form.NUMBER, numbers=amounts)]
    if station.prescribed["band"] is not None:
        made.append(CopyField(name("band"), t("Round {n}: band", n=round_), Form.CHOICE, BANDS))
    made.append(CopyField(name("form"), t("Round {n}: form", n=round_), Form.CHOICE, FORMS))
    made.append(CopyField(name("why"), t("Round {n}: why less", n=round_), Form.CHOICE, SHORTFALLS))
    return made


def _list_efforts(sheet: Sheet, person: SheetPerson, scale: str) -> list[CopyGroup]:
    numbers = CR10_NUMBERS if scale == "cr10" else BORG_NUMBERS
    how = {**HOW, **NO_RATING}
    places = {str(one.turn): tell_place(one.station, one.name) for one in person.stations}
    made = []
    for round_ in range(1, sheet.rounds + 1):
        fields = (
            CopyField(f"effort{round_}", t("Her number"), Form.NUMBER, numbers=numbers),
            CopyField(f"effort{round_}_how", t("How, or why there is none"), Form.CHOICE, how),
            CopyField(f"effort{round_}_at", t("If at another station"), Form.CHOICE, places),
        )
        title = t("Effort of round {n}", n=round_)
        made.append(
            CopyGroup(f"round{round_}", title, fields, _tell_asked(sheet, person, round_), 3)
        )
    whole = (
        CopyField("whole", t("Her number"), Form.NUMBER, numbers=numbers),
        CopyField("whole_how", t("How, or why there is none"), Form.CHOICE, how),
    )
    return [*made, CopyGroup("whole_session", t("Effort of the whole session"), whole)]


def _tell_asked(sheet: Sheet, person: SheetPerson, round_: int) -> str:
    """Where the sheet has her asked in a round."""
    asked = person.find_turn(sheet.asked_after[round_ - 1])
    if asked is None:
        return ""
    place = tell_place(asked.station, asked.name)
    return t("asked at station {place}, after turn {turn}", place=place, turn=asked.turn)


def _list_event(person: SheetPerson, number: int) -> CopyGroup:
    places = {str(one.turn): tell_place(one.station, one.name) for one in person.stations}
    fields = (
        CopyField(f"event{number}_at", t("At"), Form.CLOCK),
        CopyField(f"event{number}_what", t("What happened"), Form.CHOICE, EVENTS),
        CopyField(f"event{number}_station", t("At which station"), Form.CHOICE, places),
    )
    return CopyGroup(f"event{number}", t("Adverse event {n}", n=number), fields)


def _list_leaving() -> CopyGroup:
    fields = (
        CopyField("stop_from", t("Stopped at"), Form.CLOCK),
        CopyField("stop_until", t("Went on at"), Form.CLOCK),
        CopyField("stop_why", t("Why stopped"), Form.TEXT),
        CopyField("left_at", t("Left at"), Form.CLOCK),
        CopyField("left_why", t("Why left"), Form.TEXT),
        CopyField("note", t("Note"), Form.TEXT),
    )
    return CopyGroup("leaving", t("Stops, leaving and notes"), fields)
