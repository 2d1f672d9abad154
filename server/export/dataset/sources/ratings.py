"""Table `ratings`: how hard each round was, as she said it at the station."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.quantities import tell_or
from server.export.dataset.sources.keys import OF_A_SESSION, PARTICIPANT, SESSION
from server.export.dataset.sources.medium import make_medium, tell_medium
from server.export.dataset.study_view import HeldSession, StudyView
from server.export.dataset.table import Row, Table

RATING_COLUMNS: Final = (
    Column(
        "scale",
        Kind.STRING,
        "scale of the rating",
        values={"borg_6_20": "Borg RPE 6-20", "cr10": "Borg CR10"},
        may_be_absent=True,
    ),
    Column("rating", Kind.NUMBER, "rating on that scale", may_be_absent=True),
    Column(
        "rating_source",
        Kind.STRING,
        "how she gave it",
        values={
            "said": "said",
            "pointed": "pointed",
            "guessed": "guessed by somebody else",
            "self_report": "given by herself, on her own screen",
        },
        may_be_absent=True,
    ),
    Column("anchor_pack", Kind.STRING, "wording that she was shown", may_be_absent=True),
    make_medium("rating_written_on", "the rating"),
)
TABLE: Final = Table(
    "ratings",
    "Ratings of effort: a row for each participant and round asked about",
    (
        SESSION,
        PARTICIPANT,
        Column("round", Kind.INTEGER, "round of the circuit"),
        Column("exercise", Kind.STRING, "what she did where she was asked", may_be_absent=True),
        *RATING_COLUMNS,
    ),
    key=("session_number", "participant", "round"),
    refers_to=OF_A_SESSION,
)


def read(view: StudyView) -> Iterator[Row]:
    """What was entered; a round that nobody was asked about has no row."""
    for held in view.iterate_held():
        for pseudonym, code in view.list_people(held):
            person = held.evening.person(code)
            rounds: Mapping[str, Any] = {} if person is None else person["rpe"]
            for number, told in sorted((int(part), one) for part, one in rounds.items()):
                yield {
                    "session_number": held.number,
                    "participant": pseudonym,
                    "round": number,
                    "exercise": tell_or(told["exercise"], "not_recorded"),
                    **tell_rating(held, told),
                }


def tell_rating(held: HeldSession, told: Mapping[str, Any] | None) -> dict[str, Cell]:
    """RATING_COLUMNS of a rating; None: nobody entered one."""
    names = [one.name for one in RATING_COLUMNS]
    medium = {"rating_written_on": tell_medium(held, None if told is None else told["event"])}
    if told is None:
        return {**dict.fromkeys(names, Absent("not_recorded")), **medium}
    if told["rating"] is None:
        reason = Absent(str(told["missing_reason"]))
        return {**dict.fromkeys(names, reason), "scale": told["scale"], **medium}
    values = (told["scale"], float(told["rating"]), told["source"], told["anchor_pack"])
    return {**dict(zip(names[:-1], values, strict=True)), **medium}
