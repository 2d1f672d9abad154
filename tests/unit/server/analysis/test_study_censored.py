"""What a study's samples say of an assay's limits, in the outcome's own unit."""

import math

from protocol.identifiers import parse_participant_code
from server.analysis.study_censored import fill_censored, take_censored
from server.study.fields.field import NOTHING, Answer
from server.study.fields.missing import MissingReason
from server.study.measurement import TimePoint
from server.study.recorded import Draw, Sample
from server.study.sample import SampleKey


def _sample(
    code: str, why: MissingReason, lloq: float | None = None, unit: str = "ng/mL"
) -> Sample:
    person = parse_participant_code(code)
    answers = {
        "value": Answer.missing_for(why),
        "lloq": NOTHING if lloq is None else Answer(lloq),
        "uloq": Answer(2.0),
        "unit": Answer(unit),
    }
    draw = Draw(person, TimePoint.POST, {}, 0, None)
    return Sample(SampleKey(person, TimePoint.POST, "bdnf", "serum"), answers, 1, draw)


SAMPLES = [
    _sample("P01", MissingReason.BELOW_LLOQ, 0.0156),
    _sample("P02", MissingReason.BELOW_LLOQ),
    _sample("P03", MissingReason.ABOVE_ULOQ, unit="pg/mL"),
    _sample("P04", MissingReason.HAEMOLYSED, 0.0156),
]


def test_sides_and_limits_are_told_in_pg_ml_and_nothing_of_who_is_missing_otherwise() -> None:
    found = take_censored(SAMPLES, TimePoint.POST)
    assert {*found} == {"P01", "P02", "P03"}
    assert found["P01"] == (-1.0, 15.6)
    assert found["P02"][0] == -1.0
    assert math.isnan(found["P02"][1])
    assert found["P03"] == (1.0, 2.0)
    assert take_censored(SAMPLES, TimePoint.BASELINE) == {}


def test_each_participant_has_a_row_and_columns_without_any_are_left_out() -> None:
    found = take_censored(SAMPLES, TimePoint.POST)
    told = fill_censored(("P04", "P01"), {"bdnf_post": found, "bdnf_pre": {}})
    assert {*told} == {"bdnf_post"}
    assert told["bdnf_post"].side.tolist() == [0.0, -1.0]
    assert told["bdnf_post"].limit[1] == 15.6
