"""Which answer each kind of trouble gets."""

import inspect

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


ADDRESSES = (
    "A0:9E:1A:8A:A8:7D",
    "/org/bluez/hci0/dev_A0_9E_1A_8A_A8_7D",
    "5D2E4C1F-8A3B-4E6D-9F70-1B2C3D4E5F60",
)
BLEAK_CLASSES = [
    kind for _, kind in inspect.getmembers(exc, inspect.isclass) if issubclass(kind, exc.BleakError)
]


def make_error(kind: type[exc.BleakError], address: str) -> exc.BleakError:
    """One of each, with an address wherever its maker may put text."""
    text = f"Device {address} was not found"
    if issubclass(kind, exc.BleakDBusError):
        return kind("org.bluez.Error.Failed", [text])
    if issubclass(kind, exc.BleakGATTProtocolError):
        return kind(0x0E)
    if issubclass(kind, exc.BleakBluetoothNotAvailableError):
        return kind(text, OFF)
    if issubclass(kind, exc.BleakDeviceNotFoundError):
        return kind(address, text)
    return kind(text)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", BLEAK_CLASSES)
def test_no_sentence_of_bleak_s_tells_an_address(kind: type[exc.BleakError], address: str) -> None:
    sentence = describe(make_error(kind, address))
    assert sentence
    assert address.rsplit("/", 1)[-1] not in sentence
    assert "dev_" not in sentence
