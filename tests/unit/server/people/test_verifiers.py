"""What a tablet checks a PIN against offline, by the published test vectors of PBKDF2."""

from server.people.verifiers import ITERATIONS, Verifier, fits, make_verifier


def test_the_derivation_is_pbkdf2_hmac_sha256() -> None:
    """RFC 7914, section 11: P = "passwd", S = "salt", c = 1, first 32 of 64 bytes."""
    expected = "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
    assert fits(Verifier(b"salt", 1, bytes.fromhex(expected)), "passwd")
    assert not fits(Verifier(b"salt", 2, bytes.fromhex(expected)), "passwd")


def test_each_verifier_has_a_salt_of_its_own_and_fits_one_pin() -> None:
    one, other = make_verifier("271828", 10), make_verifier("271828", 10)
    assert one.salt != other.salt
    assert one.sha256 != other.sha256
    assert fits(one, "271828")
    assert not fits(one, "271829")


def test_the_cost_is_the_recommended_one() -> None:
    assert make_verifier("271828").iterations == ITERATIONS == 600_000
