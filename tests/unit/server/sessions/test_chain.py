"""The chain's formula, against openssl.

salt=000102…1f; content='{"reason":null,"value":{"text":"Grüße"}}'
printf %s "$content" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$salt        -> COMMITMENT
row='{"commitment":"…","envelope":{"about":"P01","id":"a"},"n":1}'
(head -c 32 /dev/zero; printf %s "$row") | openssl dgst -sha256                    -> FIRST
the same with P02, b, 2 after the bytes of FIRST                                   -> SECOND
"""

import pytest

from server.sessions.chain import EMPTY, commit_content, extend_chain

SALT = bytes(range(32))
COMMITMENT = "046efe0a52fa7a5248547eb3981ec98470b620723430387262300ed32f452123"
FIRST = "f520f98b1b786b4e0bd90f73e6d4c9230015313ca9355847207a378eef953ce2"
SECOND = "0cebd1c9327b66a1e600a6074c9c488c2f81a38fcb1e9332e298135f5108d71f"


def test_commitment_and_chain_are_what_openssl_says() -> None:
    commitment = commit_content(SALT, {"text": "Grüße"}, None)
    first = extend_chain(EMPTY, {"id": "a", "about": "P01"}, commitment)
    second = extend_chain(first, {"id": "b", "about": "P02"}, commitment)
    assert commitment.hex() == COMMITMENT
    assert (first.n, first.hash.hex()) == (1, FIRST)
    assert (second.n, second.hash.hex()) == (2, SECOND)


@pytest.mark.parametrize(
    ("salt", "value", "reason"),
    [(bytes(32), {"a": 1}, None), (SALT, {"a": 2}, None), (SALT, {"a": 1}, "x"), (SALT, None, "")],
)
def test_salt_value_and_reason_are_all_committed_to(
    salt: bytes, value: object, reason: str | None
) -> None:
    assert commit_content(salt, value, reason) != commit_content(SALT, {"a": 1}, None)
