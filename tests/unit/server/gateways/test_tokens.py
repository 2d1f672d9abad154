"""Tokens are long, never twice the same, and stored as their hash."""

from server.gateways.tokens import hash_token, mint_token


def test_tokens_differ_and_carry_256_bits() -> None:
    tokens = {mint_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)  # 32 bytes in base64 without padding


def test_the_hash_is_sha_256() -> None:
    # printf abc | sha256sum (GNU coreutils 9.1)
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_token("abc").hex() == expected
