"""Which answer each kind of trouble gets."""

import pytest
from bleak import exc

from gateway.straps.faults import classify, describe
from gateway.straps.signals import Fault

OFF = exc.BleakBluetoothNotAvailableReason.POWERED_OFF
CASES = [
    (exc.BleakBluetoothNotAvailableError("off", OFF), Fault.ADAPTER),
    (exc.BleakDBusError("org.bluez.Error.InProgress", []), Fault.BUSY),
    (exc.BleakDBusError("org.bluez.Error.NotReady", []), Fault.ADAPTER),
    (exc.BleakDBusError("org.bluez.Error.NotConnected", []), Fault.LOST),
    (exc.BleakDBusError("org.bluez.Error.Failed", ["ATT error: 0x0f"]), Fault.UNPAIRED),
    (exc.BleakDBusError("org.bluez.Error.Failed", ["something else"]), Fault.UNREACHABLE),
    (exc.BleakDBusError("org.bluez.Error.AuthenticationFailed", []), Fault.REFUSED),
    (exc.BleakGATTProtocolError(0x05), Fault.UNPAIRED),
    (exc.BleakGATTProtocolError(0x0E), Fault.UNREACHABLE),
    (exc.BleakCharacteristicNotFoundError("2a37"), Fault.REFUSED),
    (exc.BleakDeviceNotFoundError("AA"), Fault.UNREACHABLE),
    (exc.BleakError("anything"), Fault.UNREACHABLE),
    (TimeoutError(), Fault.UNREACHABLE),
    (EOFError(), Fault.ADAPTER),
    (ConnectionRefusedError(), Fault.ADAPTER),
]


@pytest.mark.parametrize(("error", "fault"), CASES, ids=lambda value: repr(value)[:60])
def test_each_exception_has_its_answer(error: Exception, fault: Fault) -> None:
    assert classify(error) is fault


@pytest.mark.parametrize("bug", [KeyError("x"), ValueError(), AttributeError(), RuntimeError()])
def test_a_bug_of_ours_is_nobodys_fault(bug: Exception) -> None:
    assert classify(bug) is None


@pytest.mark.parametrize(("error", "_fault"), CASES, ids=lambda value: repr(value)[:60])
def test_every_one_has_a_sentence(error: Exception, _fault: Fault) -> None:
    sentence = describe(error)
    assert sentence
    assert "(" not in sentence[:1]  # not a tuple of arguments
