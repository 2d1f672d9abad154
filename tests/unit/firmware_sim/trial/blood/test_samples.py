"""What a laboratory tells of a trial: each trouble once, plates alike, all SIMULATED."""

from collections import Counter
from datetime import datetime, timedelta

from firmware_sim.trial.blood.laboratory import BloodTrouble, deal_plates, draw_blood_troubles
from firmware_sim.trial.blood.model import CONTROL, POST, TRAINING, Blood
from tests.unit.firmware_sim.trial.blood.blood_course import (
    BEGINS,
    ENDS,
    make_arms,
    simulate_blood,
)

ARMS = make_arms(15)
BLOOD = simulate_blood(Blood.EFFECT)
ROWS = BLOOD.list_rows()


def test_everybody_has_both_analytes_at_both_times_in_plasma() -> None:
    assert len(ROWS) == 30 * 2 * 2
    assert {row["matrix"] for row in ROWS} == {"plasma"}
    keys = {(row["participant"], row["time_point"], row["analyte"]) for row in ROWS}
    assert len(keys) == len(ROWS)


def test_some_are_missing_with_their_reasons() -> None:
    reasons = Counter(row["value"] for row in ROWS if row["value"][0].isalpha())
    # Who refuses, and whose tube is lost, lacks both analytes.
    assert reasons == {"refused": 2, "lost": 2, "haemolysed": 1, "below_lloq": 1}
    refused = [row for row in ROWS if row["value"] == "refused"]
    assert {row["drawn_at"] for row in refused} == {"refused"}
    flagged = [row for row in ROWS if row.get("flags") == "haemolysed"]
    assert sorted(row["analyte"] for row in flagged) == ["bdnf", "gdnf"]
    assert len({row["participant"] for row in flagged}) == 1


def test_what_is_told_is_true_and_within_its_limits() -> None:
    for row in ROWS:
        true = BLOOD.describe_person(row["participant"])[row["analyte"]][row["time_point"]]
        if row["value"] == "below_lloq":
            assert true < float(row["lloq"])
        elif row["value"][0].isdigit():
            assert abs(float(row["value"]) - true) <= 0.00501
            assert float(row["lloq"]) <= true <= float(row["uloq"])


def test_plates_say_that_they_are_simulated_and_hold_both_arms_alike() -> None:
    plates = {row["plate"] for row in ROWS if row.get("plate")}
    assert plates == {f"SIMULATED-{name}-{n}" for name in ("BDNF", "GDNF") for n in (1, 2)}
    dealt = deal_plates(ARMS, 1)
    for plate in (1, 2):
        n = Counter(ARMS[code] for code, own in dealt.items() if own == plate)
        assert n.total() <= 20
        assert abs(n[TRAINING] - n[CONTROL]) <= 1
    for code in ARMS:  # before and after lie on one plate
        own = {row["plate"] for row in ROWS if row["participant"] == code and row.get("plate")}
        assert len({plate[-1] for plate in own}) == 1


def test_blood_is_drawn_48_hours_before_and_after_in_the_morning() -> None:
    for row in ROWS:
        if row["drawn_at"] == "refused":
            continue
        at = datetime.fromisoformat(row["drawn_at"])
        assert 8 <= at.hour < 10
        apart = at - ENDS if row["time_point"] == POST else BEGINS - at
        assert timedelta(hours=48) <= apart < timedelta(hours=72)
        if row["time_point"] == POST and ARMS[row["participant"]] == TRAINING:
            assert float(row["exercise_h"]) == round(apart.total_seconds() / 3600, 1)


def test_a_small_arm_has_the_first_of_its_troubles_only() -> None:
    assert draw_blood_troubles({"P01": TRAINING, "P02": CONTROL}, 1) == {
        "P01": BloodTrouble.LOST, "P02": BloodTrouble.REFUSED,
    }  # fmt: skip
    assert len(draw_blood_troubles(ARMS, 1)) == 4
