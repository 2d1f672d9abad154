"""The vector of an evening, every number by hand."""

from typing import Any

import pytest
from hypothesis import given, settings

from protocol.ledger.event import LedgerEvent
from server.dose.quantity import Missing, Quantity
from server.dose.vector import DoseVector
from server.dose.written.assembling import assemble_written_dose
from server.dose.written.bands import BandSetup
from server.dose.written.evening import fold_evening
from tests.ledger_entries import amount, attending, logged, minute, performed
from tests.ledger_stories import PEOPLE, evenings
from tests.unit.server.dose.written.evenings import (
    BAND,
    PLAN,
    SQUAT,
    Evening,
    plan_session,
    whole_evening,
)

LBF = 4.4482216152605
CATEGORIES = ("core", "strength", "balance", "agility", "plyometric")


def _delivered(vector: DoseVector, name: str, category: str | None = None) -> Quantity:
    return vector.find(name, category).delivered


def _values(vector: DoseVector, *names: str) -> list[float | None]:
    return [_delivered(vector, name).value for name in names]


def test_an_evening_as_planned() -> None:
    """Six sets of 10, a minute of work each; 9 on 6 to 20 is 1 on 0 to 10, times 60 minutes."""
    vector = whole_evening().dose().vector
    told = _values(
        vector, "attendance", "duration_min", "session_rpe_cr10", "srpe_load_au", "sets_as_logged",
        "repetitions_as_logged", "repetitions_observed", "work_min_as_logged", "sets_completion",
        "repetitions_completion", "repetitions_red_as_logged", "band_level",
    )  # fmt: skip
    assert told == [1, 60, 1, 60, 6, 60, 0, 6, 1, 1, 30, 1]
    assert _delivered(vector, "srpe_load_au").flags == ("converted",)
    assert vector.evidence["assumed"] == 6
    assert vector.is_final


def test_planned_beside_delivered() -> None:
    """Weeks 1 and 2 aim at 9 to 10, which is 1 to 1.5: in the middle 1.25 x 60 minutes."""
    vector = whole_evening().dose().vector
    load = vector.find("srpe_load_au")
    assert (load.planned.value, load.planned.flags) == (75, ("middle_of_the_target",))
    assert load.ratio.value == pytest.approx(60 / 75)
    assert vector.find("session_rpe_cr10").planned.value == 1.25
    assert vector.find("rpe_minus_6_min").planned.value == 3.5 * 60
    assert vector.find("raw_rpe_min").planned.value == 9.5 * 60
    assert vector.find("duration_min").planned.value == 60
    assert vector.find("repetitions_as_logged").planned.value == 60
    assert vector.find("sets_as_logged", "strength").planned.value == 3
    assert vector.find("sets_as_logged", "core").planned.value == 0
    # the clock of the plan gives as long a turn as its longest station: 24 s
    assert vector.find("work_min_as_logged").planned.value == pytest.approx(6 * 24 / 60)


def test_what_was_seen_what_was_skipped_and_what_was_more() -> None:
    """Seen: 12, 0 (skipped), 5 of 10 each; assumed 3 x 10: 47 in all, 17 of it seen."""
    evening = whole_evening()
    for number, (n, chips) in enumerate([(12, []), (0, ["skipped"]), (5, [])], 1):
        evening.add(
            "set", f"P01/{SQUAT}/{number}", logged(SQUAT, n, chips=chips, round_=number), 20
        )
    vector = evening.dose().vector
    told = _values(
        vector, "repetitions_as_logged", "repetitions_observed", "repetitions_observed_share",
        "sets_as_logged", "sets_observed", "work_min_as_logged", "sets_completion",
        "repetitions_completion", "repetitions_excess",
    )  # fmt: skip
    assert told == pytest.approx([47, 17, 17 / 47, 5, 2, 5, 5 / 6, 45 / 60, 2])
    by_category = [_delivered(vector, "repetitions_completion", one).value for one in CATEGORIES]
    assert by_category == [None, 1, None, pytest.approx(15 / 30), None]
    assert vector.evidence["observed"] == 3


def test_pull_of_bands_whose_lengths_were_measured() -> None:
    """50 cm unloaded at a mark of 100 cm is 100 %: red 3.7 lbf, 3.9 by the older chart."""
    evening = whole_evening()
    done = {**performed(10, band="red"), "band_length_cm": 50}
    for number in (1, 2, 3):
        value = logged(BAND, prescribed=amount(10, band="red"), performed=done)
        evening.add("set", f"P01/{BAND}/{number}", value, 20)
    vector = evening.dose(bands=BandSetup({BAND: 100.0}, {BAND: 2})).vector
    told = _values(vector, *(f"band_tension{one}_as_logged" for one in ("", "_low", "_high")))
    assert told == pytest.approx([30 * 2 * 3.7 * LBF, 30 * 2 * 3.7 * LBF, 30 * 2 * 3.9 * LBF])
    assert _delivered(vector, "band_tension_observed_share").value == 1


def test_without_lengths_a_band_is_a_level_and_no_force() -> None:
    vector = whole_evening().dose(bands=BandSetup({BAND: 100.0})).vector
    assert _delivered(vector, "band_tension_as_logged").missing is Missing.NOT_MEASURED
    assert _values(vector, "band_level", "repetitions_red_as_logged") == [1, 30]
    assert vector.find("band_level").planned.value == 1


def test_a_set_that_nobody_knows_of_may_have_had_a_stronger_band() -> None:
    evening = Evening(at=13.5)  # put down as present only in round 2
    evening.prescribe()
    evening.start()
    evening.close()
    vector = evening.dose().vector
    assert vector.evidence["unknown"] == 2
    for name in ("band_level", "repetitions_black_as_logged", "repetitions_as_logged"):
        assert _delivered(vector, name).missing is Missing.NOT_RECORDED


def test_a_band_longer_at_rest_than_at_its_mark_was_mismeasured() -> None:
    evening = whole_evening()
    done = {**performed(10, band="red"), "band_length_cm": 50}
    for number in (1, 2, 3):
        evening.add("set", f"P01/{BAND}/{number}", logged(BAND, performed=done), 20)
    vector = evening.dose(bands=BandSetup({BAND: 40.0})).vector
    assert _delivered(vector, "band_tension_as_logged").missing is Missing.UNUSABLE


def _empty(status: str | None) -> DoseVector:
    evening = Evening(status=status)
    evening.close()
    return evening.dose().vector


MEASURED_OF_SETS = (
    "sets_as_logged", "sets_observed", "work_min_as_logged", "repetitions_as_logged",
    "repetitions_observed", "repetitions_red_as_logged", "band_tension_as_logged",
)  # fmt: skip


def test_absent_is_a_known_zero_everywhere_but_a_rating() -> None:
    vector = _empty("absent")
    names = ("attendance", "duration_min", "srpe_load_au", "raw_rpe_min", *MEASURED_OF_SETS)
    assert _values(vector, *names) == [0] * len(names)
    assert _delivered(vector, "srpe_load_au").flags == ("absent",)
    assert _delivered(vector, "session_rpe_cr10").missing is Missing.ABSENT


def test_whoever_was_sent_home_has_a_known_zero_too() -> None:
    evening = Evening()
    decision = {"decision": "not_today", "reason_chip": "fever"}
    evening.add("readiness_decision", "P01", decision, 5)
    evening.close()
    vector = evening.dose().vector
    assert _values(vector, "attendance", "srpe_load_au", "sets_as_logged") == [0, 0, 0]
    assert _delivered(vector, "session_rpe_cr10").missing is Missing.NOT_APPLICABLE


@pytest.mark.parametrize("name", ["attendance", "duration_min", "srpe_load_au", *MEASURED_OF_SETS])
def test_of_whom_nobody_knows_nothing_is_zero(name: str) -> None:
    assert _delivered(_empty(None), name).missing is Missing.NOT_RECORDED


@pytest.mark.parametrize("name", MEASURED_OF_SETS)
def test_without_plan_and_clock_nothing_is_zero(name: str) -> None:
    evening = Evening()
    evening.close()
    vector = assemble_written_dose(evening.fold(), "P01", PLAN, None).vector
    assert _delivered(vector, name).missing is Missing.NOT_RECORDED
    assert _delivered(vector, "sets_completion").missing is Missing.NOT_RECORDED
    assert _delivered(vector, "band_level").missing is Missing.NOT_RECORDED
    assert vector.find(name).planned.value is None


@pytest.mark.parametrize(
    ("why", "missing"),
    [
        ("refused", Missing.REFUSED), ("not_asked", Missing.NOT_RECORDED),
        ("away", Missing.NOT_RECORDED), (None, Missing.NOT_RECORDED),
    ],
)  # fmt: skip
def test_attended_without_a_rating_is_missing_with_its_reason(
    why: str | None, missing: Missing
) -> None:
    evening = Evening()
    if why is not None:
        evening.rate(None, missing_reason=why)
    evening.close()
    vector = evening.dose().vector
    for name in ("session_rpe_cr10", "srpe_load_au", "srpe_load_13_as_3_5_au", "raw_rpe_min"):
        assert _delivered(vector, name).missing is missing
    assert _delivered(vector, "duration_min").value == 60


def test_a_guess_and_a_dispute_are_marked() -> None:
    evening = Evening()
    evening.rate(3, scale="cr10", source="guessed")
    evening.rate(4, scale="cr10", source="guessed")
    vector = evening.dose().vector
    assert set(_delivered(vector, "srpe_load_au").flags) == {"guessed", "disputed"}
    assert set(_delivered(vector, "session_rpe_cr10").flags) == {"guessed", "disputed"}
    assert _delivered(vector, "raw_rpe_min").missing is Missing.NOT_APPLICABLE
    assert not vector.is_final


def test_part_of_a_session_is_rated_for_its_part() -> None:
    evening = whole_evening()
    evening.add("attendance", "P01", attending("left"), 30)  # the session began at 0
    assert _values(evening.dose().vector, "duration_min", "srpe_load_au") == [30, 30]


def test_another_set_gives_another_hash_to_sets_and_not_to_effort() -> None:
    before = whole_evening()
    after = whole_evening()
    after.add("set", f"P01/{SQUAT}/1", logged(SQUAT, 8), 20)
    old, new = before.dose().vector, after.dose().vector
    assert old == whole_evening().dose().vector
    for name, is_equal in (("sets_as_logged", False), ("srpe_load_au", True)):
        assert (old.find(name).inputs_sha256 == new.find(name).inputs_sha256) is is_equal


THREEFOLD = ("sets", "work_min", "repetitions", "hold_seconds", "metres", "laps")


@given(evenings())
@settings(deadline=None)
def test_whatever_people_write_down_the_vector_holds_together(events: list[LedgerEvent]) -> None:
    """As logged is at least what was observed, shares lie in 0 to 1, the unknown is never 0."""
    folded = fold_evening(events, minute(35))
    for who in (*PEOPLE, "P77"):
        vector = assemble_written_dose(folded, who, PLAN, plan_session()).vector
        for metric in vector.metrics:
            _check_share(metric.name, metric.delivered)
        for name in THREEFOLD:
            _check_threefold(vector, name)
        if _delivered(vector, "attendance").missing is not None:
            assert _delivered(vector, "srpe_load_au").value is None


def _check_share(name: str, delivered: Quantity) -> None:
    if name.endswith(("_share", "_completion")) and delivered.value is not None:
        assert 0 <= delivered.value <= 1


def _check_threefold(vector: DoseVector, name: str) -> None:
    logged_, seen = (_delivered(vector, f"{name}_{one}") for one in ("as_logged", "observed"))
    if logged_.value is not None:
        assert seen.value is not None
        assert logged_.value >= seen.value
    if name == "sets" and vector.evidence["unknown"]:
        assert logged_.value is None


def test_names_are_unique_within_a_category() -> None:
    vector: Any = whole_evening().dose().vector
    keys = [(one.name, one.category) for one in vector.metrics]
    assert len(set(keys)) == len(keys)
