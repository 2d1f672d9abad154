import pytest

from protocol.ble import uuids
from protocol.errors import InvalidIdentifierError

SIG = "00002a37-0000-1000-8000-00805f9b34fb"  # Core Specification, Vol 3 Part B 2.5.1


def test_an_assigned_number_has_two_forms_and_one_name() -> None:
    assert uuids.full_uuid("2a37") == SIG
    for form in (SIG, SIG.upper(), "2a37", "2A37"):
        assert uuids.characteristic_name(form) == uuids.HEART_RATE_MEASUREMENT == "2a37"


def test_a_vendors_uuid_is_its_own_name_in_lower_case() -> None:
    wire = "FB005C82-02E7-F387-1CAD-8ACD2D8DF0C8"
    assert uuids.characteristic_name(wire) == uuids.PMD_DATA == uuids.full_uuid(uuids.PMD_DATA)
    almost = "00002a37-0000-1000-8000-00805f9b34fc"
    assert uuids.characteristic_name(almost) == almost


@pytest.mark.parametrize("text", ["", "2a3", "2a3g", "2a37-", "0x2a37"])
def test_other_text_is_no_uuid(text: str) -> None:
    with pytest.raises(InvalidIdentifierError, match="Bluetooth UUID"):
        uuids.characteristic_name(text)
