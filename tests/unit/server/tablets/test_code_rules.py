import pytest

from server.tablets.code_rules import ALPHABET, Chance, mint_code, read_code, read_name


def test_the_alphabet_is_crockfords() -> None:
    """crockford.com/base32.html: digits and letters without I, L, O and U."""
    assert ALPHABET == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_each_byte_chooses_one_character_evenly() -> None:
    def always(byte: int) -> Chance:
        return lambda n: bytes([byte] * n)

    codes = [mint_code(always(byte)) for byte in range(256)]
    counts = {one: codes.count(one * 6) for one in ALPHABET}
    assert set(counts.values()) == {8}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("A1B2C3", "A1B2C3"),
        ("a1b 2c3", "A1B2C3"),
        ("A1B-2C3", "A1B2C3"),
        ("OIL000", "011000"),
        ("a۱b۲c۳", "A1B2C3"),
        ("A1B2C", None),
        ("A1B2C34", None),
        ("A1B2CU", None),
        ("A" * 5000, None),
        (None, None),
        (123456, None),
    ],
)
def test_a_code_is_read_however_somebody_writes_it(typed: object, code: str | None) -> None:
    assert read_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Tablet 1", "Tablet 1"), ("  the   blue one ", "the blue one"), ("تبلت", "تبلت"),
     ("", None), (" ", None), ("x" * 33, None), ("a\u202eb", None)],
)  # fmt: skip
def test_a_name_is_short_and_printable(typed: str, name: str | None) -> None:
    assert read_name(typed) == name
