from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from protocol.messages.digest import DIGEST_BYTES, compute_digest
from protocol.messages.uplink import GapDeclaration, NotificationRecord

RECORD = NotificationRecord(5, "S", "2a37", "b", 7, 1000, b"\x10\x4a")
# The entry in MessagePack, typed by hand; the digest is over exactly these bytes.
RECORD_WIRE = bytes.fromhex("97 05 a153 a432613337 a162 07 cd03e8 c402104a")


def test_a_digest_is_blake2b_64_of_the_entry() -> None:
    """Frozen: digests of entries already kept must never change. Value by `b2sum -l 64`."""
    assert compute_digest(RECORD) == blake2b(RECORD_WIRE, digest_size=8).digest()
    assert compute_digest(RECORD).hex() == "433277f9ff8fcb4f"
    assert DIGEST_BYTES == 8


@given(place=st.integers(0, 6), bit=st.integers(0, 7))
def test_any_changed_field_changes_the_digest(place: int, bit: int) -> None:
    fields = [5, "S", "2a37", "b", 7, 1000, b"\x10\x4a"]
    match fields[place]:
        case int(number):
            fields[place] = number ^ 1 << bit
        case str(text):
            fields[place] = chr(ord(text[0]) ^ 1 << min(bit, 6)) + text[1:]
        case bytes(octets):
            fields[place] = bytes((octets[0] ^ 1 << bit,)) + octets[1:]
    changed = NotificationRecord(*fields)  # type: ignore[arg-type]
    assert compute_digest(changed) != compute_digest(RECORD)


def test_a_gap_has_a_digest_of_its_own() -> None:
    gap = GapDeclaration("S", "link_lost", 1, 2, 6, 6)
    other = GapDeclaration("S", "link_lost", 1, 2, 6, 7)
    assert len({compute_digest(gap), compute_digest(other), compute_digest(RECORD)}) == 3
