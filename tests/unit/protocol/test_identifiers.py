import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import InvalidIdentifierError
from protocol.identifiers import parse_gateway_id, parse_strap_id


@given(st.from_regex(r"[0-9A-Za-z][0-9A-Za-z._-]{1,31}", fullmatch=True))
def test_a_serial_is_itself_in_capitals(text: str) -> None:
    assert parse_strap_id(f" {text}\n") == text.upper() == parse_strap_id(text.lower())


@pytest.mark.parametrize(
    "text", ["", "  ", "8", "-8AA87D20", "8AA8 7D20", "x" * 33, "8AA87D20/", "Ö1"]
)
def test_what_cant_be_printed_on_a_strap_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifierError, match="is not a strap serial"):
        parse_strap_id(text)


@given(st.from_regex(r"[0-9a-z][0-9a-z._-]{0,62}", fullmatch=True))
def test_a_gateways_name_is_itself_in_lower_case(text: str) -> None:
    assert parse_gateway_id(f"\t{text.upper()} ") == text


@pytest.mark.parametrize("text", ["", "-hall", "hall 1", "x" * 64, "hall/1", "größe"])
def test_other_names_are_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifierError, match="is not a gateway name"):
        parse_gateway_id(text)
