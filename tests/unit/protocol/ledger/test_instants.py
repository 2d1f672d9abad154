import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.errors import InvalidMessageError
from protocol.ledger.instants import check_utc, format_utc_ms, parse_utc_ms


def test_known_instants() -> None:
    """`date -u -d '2026-11-30 17:00' +%s` says 1796058000."""
    assert parse_utc_ms("1970-01-01T00:00:00.000Z") == 0
    assert parse_utc_ms("2026-11-30T17:00:00.250Z") == 1_796_058_000_250
    assert format_utc_ms(1_796_058_000_250) == "2026-11-30T17:00:00.250Z"


@given(st.integers(0, 7_000_000_000_000))
@settings(deadline=None)
def test_texts_and_numbers_go_back_and_forth(utc_ms: int) -> None:
    assert parse_utc_ms(format_utc_ms(utc_ms)) == utc_ms


@given(st.integers(0, 7_000_000_000_000), st.integers(0, 7_000_000_000_000))
@settings(deadline=None)
def test_the_order_of_texts_is_the_order_of_times(one_ms: int, other_ms: int) -> None:
    assert (format_utc_ms(one_ms) < format_utc_ms(other_ms)) == (one_ms < other_ms)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-30T17:00:00Z",
        "2026-11-30T17:00:00.000+00:00",
        "2026-11-30 17:00:00.000Z",
        "2026-02-30T17:00:00.000Z",
        "2026-11-30T24:00:00.000Z",
        "2026-11-30T17:00:60.000Z",
        "2026-11-30T17:00:00.000Z\n",
        "",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(InvalidMessageError):
        parse_utc_ms(text)
    with pytest.raises(ValueError, match="is not a time"):
        check_utc(None, text)
