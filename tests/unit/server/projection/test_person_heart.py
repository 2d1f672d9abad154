"""What a person's heart rates of an evening become: verdicts, and metrics by their quality."""

from dataclasses import replace

import numpy as np
import pytest

from server.dose.heart.hr_max import HrMax, HrMaxSource
from server.dose.heart.nn_cleaning import UNUSABLE_ABOVE
from server.dose.heart.quality import Verdict
from server.dose.heart.reserve import HeartScale
from server.dose.quantity import Missing, Quantity
from server.dose.sensed.heart_profile import UNKNOWN_PROFILE, HeartProfile
from server.projection.person_sensed import derive_sensed
from server.projection.person_streams import PersonStreams
from server.projection.strap_heart import StrapHeart
from tests.unit.server.projection.test_person_sensed import cut, evening, heart, stamp


def measure(one: StrapHeart, profile: HeartProfile) -> dict[str, Quantity]:
    """Of a minute's main phase."""
    hers = replace(evening(60), profile=profile)
    sensed = derive_sensed(PersonStreams(hearts=[one]), hers)
    return {metric.name: metric.delivered for metric in sensed.metrics}


def test_each_row_of_a_trace_has_its_verdict() -> None:
    """A second source at a moment that is heard already adds no row."""
    hearts = [heart([1, 2, 3, 4], [80, 255, 81, 20]), heart([2], [82])]
    sensed = derive_sensed(PersonStreams(hearts=hearts), evening(60))
    trace = next(one for one in sensed.traces if one.name == "heart_rate")
    out = Verdict.OUT_OF_RANGE
    assert trace.columns["hr_bpm"].tolist() == [80, 255, 81, 20]
    assert trace.columns["verdict"].tolist() == [Verdict.VALID, out, Verdict.VALID, out]
    assert len(trace.columns["verdict"]) == len(trace.columns["t_s"])


def test_doubted_contact_takes_values_away_and_bad_beats_all_numbers() -> None:
    """Half of the minute without contact: 50 % heard. Beats of 0.3 and 1.5 s in turn are no NN."""
    at_s = [float(one) for one in range(60)]
    off = replace(heart(at_s, [80] * 30 + [81] * 30), has_contact=np.arange(60) < 30)
    trace = cut(off)
    assert trace.contact.tolist() == [True] * 30 + [False] * 30
    assert trace.artefact_share is None
    beats = np.arange(0, 60, 0.9)
    ticks = np.where(np.arange(len(beats)) % 2 == 0, 307, 1536)
    worn = replace(
        heart(at_s, [80, 81] * 30),
        beats_utc_ns=stamp(beats),
        rr_ticks=ticks,
        begins_run=np.arange(len(beats)) == 0,
    )
    share = cut(worn).artefact_share
    assert share is not None
    assert share > UNUSABLE_ABOVE
    scale = HeartScale(60, HrMax(180, HrMaxSource.MEASURED))
    known = replace(UNKNOWN_PROFILE, scale=scale)
    assert measure(worn, known)["mean_hr_bpm"].missing is Missing.UNUSABLE
    for profile in (known, UNKNOWN_PROFILE):
        assert measure(off, profile)["mean_hr_bpm"].coverage == pytest.approx(0.5, abs=0.1)


def test_the_load_of_the_sessions_mean_has_a_prorated_one_beside_it() -> None:
    """Five sixths of the minute are heard."""
    at_s = [float(one) for one in range(51)]
    profile = replace(UNKNOWN_PROFILE, scale=HeartScale(60, HrMax(180, HrMaxSource.MEASURED)))
    metrics = measure(heart(at_s, [120 + one % 2 for one in range(51)]), profile)
    plain = metrics["trimp_banister_session_mean_au"]
    prorated = metrics["trimp_banister_session_mean_prorated_au"]
    assert plain.value is not None
    assert plain.coverage is not None
    assert 0.8 < plain.coverage < 0.9
    assert prorated.value == pytest.approx(plain.value / plain.coverage)
    assert "prorated" in prorated.flags
