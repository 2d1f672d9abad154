"""Bearer tokens are looked up rarely and forgotten soon."""

import time

import pytest

from server.errors import CredentialError
from server.gateways.authentication import MAX_REMEMBERED, REMEMBER_S, TokenReader, read_bearer


class Register:
    """Which token belongs to whom, and how often it was asked."""

    def __init__(self, tokens: dict[str, str]) -> None:
        self.tokens = tokens
        self.n_asked = 0

    def find(self, token: str) -> str | None:
        self.n_asked += 1
        return self.tokens.get(token)


def test_a_token_is_remembered_for_a_moment() -> None:
    register, now_s = Register({"t1": "gym"}), [10.0]
    reader = TokenReader(register.find, lambda: now_s[0])
    assert reader.remembered("Bearer t1") is None
    assert reader.look_up("Bearer t1") == "gym"
    assert reader.remembered("Bearer t1") == "gym"
    now_s[0] += REMEMBER_S
    assert reader.remembered("Bearer t1") is None
    assert register.n_asked == 1


def test_f12_a_revoked_token_is_worthless_when_it_is_looked_up_next() -> None:
    register, now_s = Register({"t1": "gym"}), [10.0]
    reader = TokenReader(register.find, lambda: now_s[0])
    reader.look_up("bearer t1")
    register.tokens.clear()
    with pytest.raises(CredentialError):
        reader.look_up("bearer t1")
    assert reader.remembered("bearer t1") is None


def test_f12_a_revoked_token_is_worthless_within_sixty_seconds() -> None:
    """Sixty is the promise's own number: goes red if a token is remembered for longer."""
    register, now_s = Register({"t1": "gym"}), [10.0]
    reader = TokenReader(register.find, lambda: now_s[0])
    reader.look_up("Bearer t1")
    register.tokens.clear()
    now_s[0] += 60.0
    assert reader.remembered("Bearer t1") is None


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer  ", "Basic dDE=", "t1"])
def test_without_a_bearer_token_nothing_is_looked_up(header: str | None) -> None:
    register = Register({"": "gym"})
    with pytest.raises(CredentialError):
        TokenReader(register.find).look_up(header)
    with pytest.raises(CredentialError):
        read_bearer(header)
    assert register.n_asked == 0


def test_b1_a_token_is_remembered_by_the_monotonic_clock() -> None:
    """Goes red if a wall clock that is set back makes a revoked token live on."""
    assert TokenReader(lambda token: token)._monotonic_s is time.monotonic


def test_what_is_remembered_is_bounded() -> None:
    reader = TokenReader(lambda token: token, lambda: 0.0)
    for number in range(MAX_REMEMBERED + 1):
        reader.look_up(f"Bearer t{number}")
    assert reader.remembered("Bearer t0") is None
    assert reader.remembered(f"Bearer t{MAX_REMEMBERED}") == f"t{MAX_REMEMBERED}"
