"""Pseudonyms: the same for one recipient, another for each other one."""

import pytest

from server.export.dataset.pseudonyms import make_pseudonym

KEY = b"k" * 32


def test_a_pseudonym_is_the_hmac_of_her_code() -> None:
    # OpenSSL 3.0: printf 'doseline participant:P07' | openssl dgst -sha256 -mac HMAC
    #   -macopt hexkey:6b6b... (32 times) -binary | base32, first 16 letters, small
    assert make_pseudonym(KEY, "P07") == "cviwozbdn75422gh"


def test_another_recipient_sees_another_name() -> None:
    assert make_pseudonym(b"x" * 32, "P07") != make_pseudonym(KEY, "P07")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes, not 31"):
        make_pseudonym(b"k" * 31, "P07")
