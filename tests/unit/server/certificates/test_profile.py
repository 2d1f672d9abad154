"""The profile for iPads, and the fingerprint that people compare."""

import plistlib

from server.certificates.fingerprint import group_fingerprint
from server.certificates.profile import make_profile

DER = b"\x30\x03\x02\x01\x05"


def test_the_profile_is_what_apple_describes() -> None:
    """developer.apple.com/documentation/devicemanagement/certificateroot."""
    outer = plistlib.loads(make_profile(DER, "doseline authority, gym"))
    (inner,) = outer["PayloadContent"]
    assert outer["PayloadType"] == "Configuration"
    assert inner["PayloadType"] == "com.apple.security.root"
    assert inner["PayloadContent"] == DER
    assert outer["PayloadRemovalDisallowed"] is False
    assert inner["PayloadUUID"] != outer["PayloadUUID"]


def test_the_same_certificate_is_one_profile_and_another_is_another() -> None:
    assert make_profile(DER, "a") == make_profile(DER, "a")
    first, second = (plistlib.loads(make_profile(der, "a")) for der in (DER, DER + b"\x00"))
    assert first["PayloadIdentifier"] != second["PayloadIdentifier"]


def test_a_fingerprint_is_sha_256_in_eight_groups() -> None:
    """SHA-256 of "abc": FIPS 180-4, example B.1."""
    assert group_fingerprint(b"abc") == [
        "BA 78 16 BF", "8F 01 CF EA", "41 41 40 DE", "5D AE 22 23",
        "B0 03 61 A3", "96 17 7A 9C", "B4 10 FF 61", "F2 00 15 AD",
    ]  # fmt: skip
