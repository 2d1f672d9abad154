"""What programs post: read as people's answers are, or refused with every field that is wrong."""

import json

import pytest

from server.errors import InvalidRequestError
from server.study.fields.drawn import ASSAYED_BY_NAME
from server.study.fields.field import Answer
from server.study.fields.measured import MEASURED_BY_NAME
from server.study.fields.missing import MissingReason
from server.study.posted import PostedMeasurement, PostedSample, decode_posted, read_posted
from server.study.trouble import AnswersRefusedError

ID = "019abcde-f012-7abc-8def-0123456789ab"
BODY = {"id": ID, "participant": "P07", "time_point": "baseline"}
MEASURED = frozenset(MEASURED_BY_NAME)


def decode(values: object, **more: object) -> PostedMeasurement:
    content = json.dumps(BODY | {"values": values} | more).encode()
    posted = decode_posted(content, PostedMeasurement)
    assert isinstance(posted, PostedMeasurement)
    return posted


def test_values_of_each_kind() -> None:
    values = {
        "age_y": 36,
        "weight_kg": 57.3,
        "dmt": "none",
        "other_drugs": ["vitamin_d", "baclofen"],
        "edss": {"missing": "not_done"},
    }
    entry = read_posted(decode(values, reason="why", seen=2), MEASURED)
    assert (entry.id, entry.about, entry.reason, entry.seen) == (ID, "P07/baseline", "why", 2)
    assert entry.answers == {
        "age_y": Answer(36.0),
        "weight_kg": Answer(57.3),
        "dmt": Answer("none"),
        "other_drugs": Answer(("baclofen", "vitamin_d")),
        "edss": Answer.missing_for(MissingReason.NOT_DONE),
    }


@pytest.mark.parametrize(
    "value", [None, True, False, "", [], {}, {"missing": "x"}, {"value": 1}, "57", 1e300, -1, [1]]
)
def test_what_is_no_weight(value: object) -> None:
    with pytest.raises(AnswersRefusedError) as error:
        read_posted(decode({"weight_kg": value, "nothing": 1}), MEASURED)
    assert [one.field for one in error.value.troubles] == ["weight_kg", "nothing"]


def test_what_a_role_does_not_enter() -> None:
    with pytest.raises(AnswersRefusedError, match="edss: your role doesn't enter this"):
        read_posted(decode({"edss": 2}), frozenset({"age_y"}))


@pytest.mark.parametrize(
    "changes",
    [{"id": "7"}, {"participant": "Maryam"}, {"time_point": "later"}, {"arm": "x"}, {"seen": "1"}],
)
def test_what_is_no_post(changes: dict[str, str]) -> None:
    with pytest.raises(InvalidRequestError):
        read_posted(decode({}, **changes), MEASURED)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 100_000, b"\xff"])
def test_what_is_no_json_of_ours(content: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        decode_posted(content, PostedMeasurement)


def test_a_sample_names_analyte_and_matrix() -> None:
    body = BODY | {"values": {"value": 1}, "analyte": "bdnf", "matrix": "blood"}
    posted = decode_posted(json.dumps(body).encode(), PostedSample)
    with pytest.raises(AnswersRefusedError, match="matrix: 'blood' is none of: serum, plasma"):
        read_posted(posted, frozenset(ASSAYED_BY_NAME))
