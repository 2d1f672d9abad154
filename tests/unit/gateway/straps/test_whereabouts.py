"""An address is evidence: what it means that a name comes from another one (D6), by hand."""

import pytest

from gateway.straps.whereabouts import MOVED, RIVAL, FirstUse, find_rival, is_barred

VOUCHED, UNVOUCHED = FirstUse("a", told_serial=True), FirstUse("a", told_serial=False)


@pytest.mark.parametrize(
    ("held", "address", "barred"),
    [
        (None, "b", False),
        (VOUCHED, "b", False),
        (UNVOUCHED, "a", False),
        (UNVOUCHED, "b", True),
    ],
)
def test_d6_only_a_strap_that_tells_no_serial_is_bound_to_its_address(
    held: FirstUse | None, address: str, barred: bool
) -> None:
    assert is_barred(held, address) is barred


@pytest.mark.parametrize(
    ("address", "held", "heard", "conflict"),
    [
        (None, None, {"a"}, None),
        ("a", None, {"a"}, None),
        ("a", None, {"a", "b"}, RIVAL),
        ("a", VOUCHED, {"a"}, None),
        ("a", VOUCHED, {"b"}, RIVAL),
        (None, VOUCHED, {"a"}, None),
        (None, VOUCHED, {"b"}, MOVED),
        ("b", VOUCHED, {"b"}, MOVED),
        ("b", VOUCHED, set(), MOVED),
    ],
)
def test_d6_what_a_person_has_to_look_at(
    address: str | None, held: FirstUse | None, heard: set[str], conflict: str | None
) -> None:
    assert find_rival(address, held, frozenset(heard)) == conflict
