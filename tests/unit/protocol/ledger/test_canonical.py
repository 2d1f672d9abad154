from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.ledger.canonical import encode_canonical


def test_the_string_of_rfc_8785() -> None:
    """Section 3.2.2: the string of its example, and what it is written as."""
    text = '€$\u000f\nA\'B"\\\\"/'
    assert encode_canonical(text).decode() == r'"€$\u000f\nA' + "'" + r'B\"\\\\\"/"'


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": None, "B": True}, '{"B":true,"a":null,"b":1}'),
        ([22.0, 21.5, -0.0, 0], "[22,21.5,0,0]"),
        ({"a": [{"d": 1.0, "c": []}]}, '{"a":[{"c":[],"d":1}]}'),
        ("\u202b سلام 🙂", '"\u202b سلام 🙂"'),
    ],
)
def test_one_value_has_one_text(value: Any, written: str) -> None:
    """As JavaScript writes it: JSON.stringify of -0 is 0, of 22.0 is 22."""
    assert encode_canonical(value).decode() == written


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        encode_canonical(float("nan"))


@given(st.dictionaries(st.text(max_size=3), st.integers()))
@settings(deadline=None)
def test_the_order_in_which_keys_were_added_is_no_matter(value: dict[str, int]) -> None:
    assert encode_canonical(dict(reversed(value.items()))) == encode_canonical(value)
