"""What people type: read as it is meant, or refused with a sentence; never guessed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.study.fields.drawn import ASSAYED, ASSAYED_BY_NAME, DRAWN, DRAWN_BY_NAME
from server.study.fields.field import Answer, Field
from server.study.fields.measured import MEASURED, MEASURED_BY_NAME
from server.study.fields.missing import MissingReason
from server.study.fields.reading import (
    AnswerError,
    is_unusual,
    lies_ahead,
    read_answer,
    read_missing,
    write_value,
)

ALL = (*MEASURED, *DRAWN, *ASSAYED)
FIELDS = MEASURED_BY_NAME | DRAWN_BY_NAME | ASSAYED_BY_NAME


def read(name: str, typed: str) -> object:
    answer = read_answer(FIELDS[name], typed)
    return None if answer is None else answer.missing or answer.value


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("height_cm", " 161.5 ", 161.5),
        ("height_cm", "", None),
        ("age_y", "\u0663\u0666", 36.0),  # the digits of Arabic
        ("edss", "0", 0.0),
        ("edss", "1", 1.0),
        ("edss", "9.5", 9.5),
        ("edss", "10", 10.0),
        ("dmt", "Fingolimod", "fingolimod"),
        ("unit", "pg/ml", "pg/mL"),
        ("other_drugs", "vitamin_d baclofen", ("baclofen", "vitamin_d")),
        ("other_drugs", "none", ("none",)),
        ("flags", "haemolysed|thawed", ("haemolysed", "thawed")),
        ("measured_on", "2026-11-27", "2026-11-27"),
        ("drawn_at", "2026-11-27 08:15+03:30", "2026-11-27T08:15:00+03:30"),
        ("drawn_at", "2026-11-27T04:45:10Z", "2026-11-27T04:45:10+00:00"),
        ("dmt_text", "since  2019", "since 2019"),
        ("dmt_text", "refused", "refused"),  # free text is free
        ("weight_kg", "Refused", MissingReason.REFUSED),
        ("dmt", "unknown", MissingReason.UNKNOWN),
        ("value", "below_lloq", MissingReason.BELOW_LLOQ),
    ],
)
def test_what_is_meant(name: str, typed: str, value: object) -> None:
    assert read(name, typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("height_cm", "161,5", "write 161.5"),
        ("height_cm", "1.61", "give 120 to 220"),
        ("height_cm", "161cm", "not a number"),
        ("height_cm", "1e2", "not a number"),
        ("height_cm", "nan", "not a number"),
        ("height_cm", "inf", "not a number"),
        ("height_cm", "below_lloq", "no reason why it is missing"),
        ("edss", "0.5", "there is no 0.5"),
        ("edss", "2.3", "steps of 0.5"),
        ("edss", "10.5", "give 0 to 10"),
        ("cycle_day", "9.5", "steps of 1"),
        ("dmt", "copaxone", "is none of: none, interferon_beta"),
        ("other_drugs", "none baclofen", "none stands alone"),
        ("measured_on", "27.11.2026", "write 2026-11-27"),
        ("measured_on", "2026-02-30", "there is no day 30 in that month"),
        ("measured_on", "2026-13-01", "there is no month 13"),
        ("drawn_at", "2026-13-27T08:15", "2026-13-27T08:15: there is no month 13"),
        ("drawn_at", "2026-11-31T08:15", "there is no day 31 in that month"),
        ("drawn_at", "2026-11-27T08:60", "there is no time of day with 60"),
        ("drawn_at", "2026-11-27T08:15+24:30", "there is no time of day with 24"),
        ("value", "-999", "-999 looks like a code for missing; write the reason instead: above"),
        ("value", "-9", "looks like a code for missing"),
        ("weight_kg", "-99", "looks like a code for missing; write the reason instead: lost"),
        ("value", "-5", "can't be; give 0 to 10000000"),
        ("value", "<15.6", "'<15.6' is a limit; write below_lloq here, and 15.6 in lloq"),
        ("value", "> 1000", "write above_uloq here, and 1000 in uloq"),
        ("value", "\u2264 15.6", "write below_lloq here, and 15.6 in lloq"),
        ("weight_kg", "<40", "is not a number"),
        ("measured_on", "1405-09-06", "another calendar"),
        ("drawn_at", "2026-11-27T08:15", "add the offset from UTC"),
        ("drawn_at", "2026-11-27", "write 2026-11-27T08:15+03:30"),
        ("drawn_at", "2026-11-27T25:15+03:30", "there is no time of day with 25"),
        ("plate", "=cmd()", "no reference"),
        ("dmt_text", "x" * 201, "at most 200 characters"),
        ("dmt_text", "a\x00b", "text"),
    ],
)
def test_what_is_refused(name: str, typed: str, sentence: str) -> None:
    with pytest.raises(AnswerError, match=".") as refused:
        read(name, typed)
    assert sentence in str(refused.value)


@given(st.sampled_from(ALL), st.text(max_size=40))
def test_any_text_is_an_answer_nothing_or_refused_and_an_answer_is_read_again(
    field: Field, typed: str
) -> None:
    try:
        answer = read_answer(field, typed)
    except AnswerError:
        return
    if answer is not None and answer.value is not None:
        assert read_answer(field, write_value(answer.value)) == answer


@given(st.floats(0, 1e7))
def test_a_number_survives_being_written(number: float) -> None:
    rounded = round(number, 6)
    assert read("value", write_value(rounded)) == rounded


def test_a_reason_that_this_field_cannot_have() -> None:
    assert read_missing(FIELDS["value"], " Haemolysed ").missing is MissingReason.HAEMOLYSED
    with pytest.raises(AnswerError, match="choose from: lost, not_applicable"):
        read_missing(FIELDS["age_y"], "haemolysed")


def test_what_lies_ahead_is_known_to_nobody() -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    drawn, day = FIELDS["drawn_at"], FIELDS["measured_on"]
    assert not lies_ahead(drawn, Answer("2026-11-27T15:29:00+03:30"), now)
    assert lies_ahead(drawn, Answer("2026-11-27T15:31:00+03:30"), now)
    assert not lies_ahead(day, Answer("2026-11-28"), now)  # it is tomorrow somewhere
    assert lies_ahead(day, Answer("2026-11-29"), now)


def test_unusual_is_outside_of_what_is_usual() -> None:
    height = FIELDS["height_cm"]
    told = [is_unusual(height, Answer(cm)) for cm in (144.9, 145.0, 185.0, 185.1)]
    assert told == [True, False, False, True]
