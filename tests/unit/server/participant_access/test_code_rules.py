"""Threat 9: random, single use, ten minutes. Clock and chance are arguments."""

import pytest

from server.participant_access.code_rules import (
    CODE_BYTES,
    FIRST_USE_WITHIN_S,
    NS_PER_S,
    has_form,
    hash_code,
    is_usable,
    mint_code,
)

MADE = 1_000 * NS_PER_S
TEN_MINUTES = 600 * NS_PER_S


def test_a_code_is_128_random_bits_and_nothing_else() -> None:
    asked: list[int] = []

    def chance(n: int) -> bytes:
        asked.append(n)
        return bytes(range(n))

    assert mint_code(chance) == "AAECAwQFBgcICQoLDA0ODw"  # RFC 4648 section 5 of 0 to 15
    assert asked == [CODE_BYTES] == [16]
    assert has_form(mint_code(chance))


@pytest.mark.parametrize("text", ["", "A" * 21, "A" * 23, "A" * 21 + "=", "A" * 21 + "\n", None, 7])
def test_what_cannot_be_a_code(text: object) -> None:
    assert not has_form(text)


def test_the_hash_is_not_the_code() -> None:
    assert hash_code("A" * 22) != hash_code("A" * 21 + "B")
    assert len(hash_code("A" * 22)) == 32


@pytest.mark.parametrize(
    ("after_ns", "usable"),
    [(0, True), (TEN_MINUTES - 1, True), (TEN_MINUTES, False), (-1, False)],
)
def test_ten_minutes_to_its_first_use(after_ns: int, usable: bool) -> None:  # noqa: FBT001
    assert FIRST_USE_WITHIN_S == 600
    assert (
        is_usable(made_ns=MADE, used_ns=None, withdrawn_ns=None, now_ns=MADE + after_ns) is usable
    )


def test_once_used_or_withdrawn_it_opens_nothing() -> None:
    assert not is_usable(made_ns=MADE, used_ns=MADE, withdrawn_ns=None, now_ns=MADE + 1)
    assert not is_usable(made_ns=MADE, used_ns=None, withdrawn_ns=MADE, now_ns=MADE + 1)
