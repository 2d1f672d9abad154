import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.errors import InvalidIdentifierError
from protocol.ledger.uuid7 import make_uuid7, parse_uuid7

# RFC 9562 A.6: 2022-02-22T19:22:22Z, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
RFC_EXAMPLE = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
RFC_MS = 1_645_557_742_000


def test_the_example_of_the_rfc() -> None:
    assert make_uuid7(RFC_MS, bytes.fromhex("0cc318c4dc0c0c07398f")) == RFC_EXAMPLE
    assert parse_uuid7(RFC_EXAMPLE) == RFC_MS


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
@settings(deadline=None)
def test_every_made_id_is_one(wall_ms: int, random_bytes: bytes) -> None:
    assert parse_uuid7(make_uuid7(wall_ms, random_bytes)) == wall_ms


@pytest.mark.parametrize(
    "text",
    [
        "",
        RFC_EXAMPLE.upper(),
        RFC_EXAMPLE + "\n",
        RFC_EXAMPLE.replace("-7", "-4"),  # another version
        RFC_EXAMPLE.replace("-98", "-18"),  # another variant
        RFC_EXAMPLE.replace("-", ""),
    ],
)
def test_other_texts_are_none(text: str) -> None:
    with pytest.raises(InvalidIdentifierError):
        parse_uuid7(text)


@pytest.mark.parametrize(
    ("wall_ms", "random_bytes"), [(-1, bytes(10)), (2**48, bytes(10)), (0, b"")]
)
def test_impossible_parts_are_refused(wall_ms: int, random_bytes: bytes) -> None:
    with pytest.raises(InvalidIdentifierError):
        make_uuid7(wall_ms, random_bytes)
