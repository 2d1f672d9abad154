"""What a folded session shows of one participant, as evidence for her progression."""

from typing import Any, Final

from protocol.training.evidence import ExerciseRecord, Form, PerformedSet, RpeSource, SetEvidence
from server.sessions.domain.fold import State

# Reasons for doing less that say something about her body (ux T7); after them the rules hold.
_SYMPTOMS: Final = frozenset({"spasm", "pain", "heat", "dizzy"})
_FORMS: Final = {"good": Form.GOOD, "form_lost": Form.LOST, None: Form.NOT_SAID}


def list_records(state: State, participant: str, session: int) -> list[ExerciseRecord]:
    """One record an exercise she did in a session of the plan (counted from 1)."""
    person = state["people"].get(participant)
    if person is None:
        return []
    by_exercise: dict[str, list[dict[str, Any]]] = {}
    for one in person["sets"].values():
        if one["evidence"] is not None:
            by_exercise.setdefault(one["exercise"], []).append(one)
    return [_make_record(person, exercise, sets, session) for exercise, sets in by_exercise.items()]


def name_rated(person: dict[str, Any], round_: int, exercise: str) -> tuple[str, str]:
    """What a round's rating that names an exercise is about, and at whose station she did that.

    A rating names what she did. One that names a station where she did another exercise in that
    round, because her set was corrected later, is about that one. What is only assumed moves no
    rating: another exercise said within the set begins after what she rated.
    """
    there = {
        _name_station(name): one for name, one in person["sets"].items() if one["round"] == round_
    }
    for station, one in there.items():
        if one["exercise"] == exercise:
            return exercise, station
    entered = {name: one["exercise"] for name, one in there.items() if one["event"] is not None}
    return entered.get(exercise, exercise), exercise


def _make_record(
    person: dict[str, Any], exercise: str, sets: list[dict[str, Any]], session: int
) -> ExerciseRecord:
    rating, source = _find_effort(person, exercise)
    decision = person["decision"]
    has_symptoms = any(one["shortfall_reason"] in _SYMPTOMS for one in sets)
    return ExerciseRecord(
        exercise=exercise,
        session=session,
        sets=tuple(_make_set(one) for one in sets),
        rpe=rating,
        rpe_source=source,
        symptoms=has_symptoms or bool(person["events"]),
        lighter_today=decision is not None and decision["decision"] == "lighter",
    )


def _name_station(set_name: str) -> str:
    """`tandem-foam-free/2` is of that station, whatever she did there."""
    return set_name.partition("/")[0]


def _make_set(one: dict[str, Any]) -> PerformedSet:
    """An assumed set has the amounts that were prescribed, and is marked as assumed."""
    done = one["performed"] or one["prescribed"] or {"amount": None, "band": None}
    is_lost = one["technique"] == "form_lost" or "form_lost" in one["chips"]
    form = Form.LOST if is_lost else _FORMS[one["technique"]]
    return PerformedSet(done["amount"], done["band"], SetEvidence(one["evidence"]), form)


def _find_effort(person: dict[str, Any], exercise: str) -> tuple[int | None, RpeSource | None]:
    """The highest rating given where she did it, on 6 to 20; what was guessed last."""
    given = [
        (one["source"] != "guessed", one["rating"], one["source"])
        for round_, one in person["rpe"].items()
        if one["exercise"] is not None
        and one["scale"] == "borg_6_20"
        and one["rating"] is not None
        and name_rated(person, int(round_), one["exercise"])[0] == exercise
    ]
    if not given:
        return None, None
    _, rating, source = max(given)
    return rating, RpeSource(source)
