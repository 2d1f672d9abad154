"""Another exercise tonight holds from when it was said, at its station, until it is taken back."""

from typing import Any

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.fold import fold_session
from tests.ledger_entries import (
    Tablet,
    attending,
    minute,
    prescription,
    prescription_of_a_jump,
    signed_off,
    started,
    substitution,
    target,
)

STATIONS = ["sit-to-stand", "tandem-stance"]
HERS = "P01/sit-to-stand"
Did = dict[str, tuple[str, str | None, int | None]]


class _Evening:
    """P01: sit-to-stand in minutes 10-11, 14-15 and 18-19, tandem stance two minutes later."""

    def __init__(self) -> None:
        self.tablet = Tablet()
        self.events: list[LedgerEvent] = []
        self.add("attendance", "P01", attending(), 1)
        self.add("prescription", "P01", prescription(sit_to_stand=12, tandem_stance=20), 5)
        value = started(minute(10), STATIONS, {"P01": 0}, rounds=3)
        self.add("clock_started", "clock", value, 10)

    def add(self, kind: str, about: str, value: dict[str, Any], at: float) -> LedgerEvent:
        self.events.append(self.tablet.write(kind, about, value, minute(at)))
        return self.events[-1]

    def replace(
        self, at: float, exercise: str | None, about: str = HERS, **more: Any
    ) -> LedgerEvent:
        return self.add("substitution", about, substitution(minute(at), exercise, 8, **more), at)

    def prescribe(self, value: dict[str, Any]) -> None:
        """In place of what she was prescribed at the first station."""
        both = prescription(tandem_stance=20)["exercises"] | value["exercises"]
        old = self.events[1]
        self.events.append(self.tablet.correct(old, {"exercises": both}, minute(6)))

    def lighten(self, at: float, level: str = "lighter") -> None:
        self.add("level_changed", "P01", {"at": minute(at), "level": level}, at)

    def say_no(self, at: float) -> LedgerEvent:
        no = signed_off(ready=False, locked_from=minute(at))
        return self.add("plyometric_signoff", "P01", no, at)

    def did(self, at: float = 30) -> Did:
        """(exercise, instead of, amount) by the set's name."""
        found = fold_session(self.events, minute(at))["people"]["P01"]["sets"]
        return {
            name: (one["exercise"], one["substituted_for"], one["prescribed"]["amount"])
            for name, one in found.items()
        }


def test_it_holds_for_the_set_that_it_was_said_in_and_for_those_after() -> None:
    evening = _Evening()
    evening.replace(14.5, "wall-squat")
    assert evening.did() == {
        "sit-to-stand/1": ("sit-to-stand", None, 12),
        "tandem-stance/1": ("tandem-stance", None, 20),
        "sit-to-stand/2": ("wall-squat", "sit-to-stand", 8),
        "tandem-stance/2": ("tandem-stance", None, 20),
        "sit-to-stand/3": ("wall-squat", "sit-to-stand", 8),
        "tandem-stance/3": ("tandem-stance", None, 20),
    }


def test_at_the_sets_last_moment_it_is_too_late_for_it() -> None:
    evening = _Evening()
    evening.replace(15, "wall-squat")
    assert evening.did()["sit-to-stand/2"] == ("sit-to-stand", None, 12)
    assert evening.did()["sit-to-stand/3"] == ("wall-squat", "sit-to-stand", 8)


def test_the_last_one_said_counts_and_nothing_is_what_was_prescribed() -> None:
    evening = _Evening()
    evening.replace(9, "wall-squat")  # before the start
    evening.replace(13, "step-touch")
    evening.replace(16, None)
    did = evening.did()
    assert [did[f"sit-to-stand/{n}"][0] for n in (1, 2, 3)] == [
        "wall-squat", "step-touch", "sit-to-stand",
    ]  # fmt: skip
    assert did["sit-to-stand/3"] == ("sit-to-stand", None, 12)


def test_order_is_by_when_it_holds_and_not_by_when_it_was_written() -> None:
    evening = _Evening()
    evening.replace(13, "step-touch")
    evening.add("substitution", HERS, substitution(minute(9), "wall-squat"), 20)
    assert evening.did()["sit-to-stand/3"][0] == "step-touch"


def test_undone_it_never_was_and_a_reason_changes_nothing_else() -> None:
    evening = _Evening()
    first = evening.replace(9, "wall-squat")
    why = substitution(minute(9), "wall-squat", 8, why="pain")
    evening.events.append(evening.tablet.correct(first, why, minute(16)))
    slip = evening.replace(13, "step-touch")
    evening.events.append(evening.tablet.correct(slip, None, minute(13.1)))
    did = evening.did()
    assert {did[f"sit-to-stand/{n}"][0] for n in (1, 2, 3)} == {"wall-squat"}
    state = fold_session(evening.events, minute(30))["people"]["P01"]["substitutions"]
    assert set(state) == {"sit-to-stand"}
    assert (state["sit-to-stand"]["reason_chip"], state["sit-to-stand"]["at"]) == (
        "pain",
        minute(9),
    )


def test_it_is_hers_alone() -> None:
    evening = _Evening()
    evening.replace(9, "wall-squat", "P02/sit-to-stand")
    assert evening.did()["sit-to-stand/1"] == ("sit-to-stand", None, 12)
    people = fold_session(evening.events, minute(30))["people"]
    assert (people["P01"]["substitutions"], set(people["P02"]["substitutions"])) == (
        {}, {"sit-to-stand"},
    )  # fmt: skip


def test_a_round_that_was_cut_has_what_was_said_last() -> None:
    evening = _Evening()
    evening.add("clock_cut", "clock", {"at": minute(13), "rounds": 1}, 13)
    evening.replace(14, "wall-squat")
    assert evening.did()["sit-to-stand/3"] == ("wall-squat", "sit-to-stand", 8)
    assert evening.did()["sit-to-stand/1"] == ("sit-to-stand", None, 12)


def test_on_a_lighter_day_another_exercise_is_lighter_too() -> None:
    evening = _Evening()
    evening.replace(9, "wall-squat", lighter=6)
    evening.lighten(13)
    did = evening.did()
    assert [did[f"sit-to-stand/{n}"][2] for n in (1, 2, 3)] == [8, 6, 6]
    assert {did[f"sit-to-stand/{n}"][0] for n in (1, 2, 3)} == {"wall-squat"}


def test_of_what_has_nothing_lighter_a_lighter_day_is_the_whole_amount() -> None:
    evening = _Evening()
    evening.replace(9, "wall-squat")
    evening.lighten(9)
    assert evening.did()["sit-to-stand/1"] == ("wall-squat", "sit-to-stand", 8)


def test_a_no_ends_a_jump_that_was_chosen_before_it_and_what_she_did_stays() -> None:
    """What stands instead is what she was prescribed."""
    evening = _Evening()
    evening.replace(9, "hop-marks", locked=True)
    evening.say_no(14.5)
    did = evening.did()
    assert [did[f"sit-to-stand/{n}"] for n in (1, 2, 3)] == [
        ("hop-marks", "sit-to-stand", 8), ("sit-to-stand", None, 12), ("sit-to-stand", None, 12),
    ]  # fmt: skip


def test_a_no_as_the_set_ends_is_too_late_for_it() -> None:
    evening = _Evening()
    evening.replace(9, "hop-marks", locked=True)
    evening.say_no(15)
    did = evening.did()
    assert [did[f"sit-to-stand/{n}"][0] for n in (1, 2, 3)] == [
        "hop-marks", "hop-marks", "sit-to-stand",
    ]  # fmt: skip


def test_a_no_holds_also_against_a_jump_that_another_tablet_chose_after_it() -> None:
    evening = _Evening()
    evening.say_no(9)
    evening.replace(13, "hop-marks", locked=True)
    assert {evening.did()[f"sit-to-stand/{n}"][0] for n in (1, 2, 3)} == {"sit-to-stand"}


def test_a_no_leaves_what_needs_no_sign_off() -> None:
    evening = _Evening()
    evening.replace(9, "wall-squat")
    evening.say_no(13)
    assert {evening.did()[f"sit-to-stand/{n}"][0] for n in (1, 2, 3)} == {"wall-squat"}


def test_after_a_no_she_does_what_the_plan_has_instead_of_a_jump_also_on_a_lighter_day() -> None:
    evening = _Evening()
    stand_in = target("static-lunge", 10, lighter=7)
    evening.prescribe(prescription_of_a_jump("sit-to-stand", 5, stand_in))
    evening.say_no(14.5)
    evening.lighten(17)
    did = evening.did()
    assert [did[f"sit-to-stand/{n}"] for n in (1, 2, 3)] == [
        ("sit-to-stand", None, 5),
        ("static-lunge", "sit-to-stand", 10),
        ("static-lunge", "sit-to-stand", 7),
    ]


def test_a_yes_after_a_no_counts_from_her_next_session() -> None:
    evening = _Evening()
    evening.replace(9, "hop-marks", locked=True)
    no = evening.say_no(13)
    yes = signed_off(ready=True, locked_from=minute(13))
    evening.events.append(evening.tablet.correct(no, yes, minute(16)))
    did = evening.did()
    assert [did[f"sit-to-stand/{n}"][0] for n in (1, 3)] == ["hop-marks", "sit-to-stand"]


def test_a_no_that_was_undone_never_was_and_a_round_that_was_cut_has_the_last_word() -> None:
    evening = _Evening()
    evening.replace(9, "hop-marks", locked=True)
    slip = evening.say_no(10.5)
    evening.events.append(evening.tablet.correct(slip, None, minute(10.6)))
    assert {evening.did()[f"sit-to-stand/{n}"][0] for n in (1, 2, 3)} == {"hop-marks"}
    evening.add("clock_cut", "clock", {"at": minute(13), "rounds": 1}, 13)
    evening.say_no(20)
    did = evening.did()
    assert [did[f"sit-to-stand/{n}"][0] for n in (1, 3)] == ["hop-marks", "sit-to-stand"]
