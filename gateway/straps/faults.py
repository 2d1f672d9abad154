"""The only reader of bleak's exceptions: exception -> what the link has to do about it."""

from collections.abc import Callable

from bleak import exc

from gateway.errors import AdapterUnavailableError, LinkLostError
from gateway.straps.redaction import hide_devices
from gateway.straps.signals import Fault

_UNPAIRED_CODES = {  # Core Specification Vol 3 Part F 3.4.1.1
    exc.BleakGATTProtocolErrorCode.INSUFFICIENT_AUTHENTICATION,
    exc.BleakGATTProtocolErrorCode.INSUFFICIENT_AUTHORIZATION,
    exc.BleakGATTProtocolErrorCode.INSUFFICIENT_ENCRYPTION,
    exc.BleakGATTProtocolErrorCode.INSUFFICIENT_ENCRYPTION_KEY_SIZE,
}
_UNPAIRED_ATT_TEXTS = tuple(f"ATT error: 0x{code:02x}" for code in (0x05, 0x08, 0x0C, 0x0F))

# bluez/doc/*.rst and the D-Bus specification; names that aren't here are UNREACHABLE.
_DBUS_FAULTS = {
    "org.bluez.Error.InProgress": Fault.BUSY,
    "org.bluez.Error.AlreadyConnected": Fault.BUSY,
    "org.bluez.Error.AlreadyExists": Fault.BUSY,
    "org.bluez.Error.NotConnected": Fault.LOST,
    "org.bluez.Error.NotPaired": Fault.UNPAIRED,
    "org.bluez.Error.NotPermitted": Fault.UNPAIRED,
    "org.bluez.Error.NotAuthorized": Fault.UNPAIRED,
    "org.bluez.Error.AuthenticationFailed": Fault.REFUSED,
    "org.bluez.Error.AuthenticationRejected": Fault.REFUSED,
    "org.bluez.Error.NotReady": Fault.ADAPTER,
    "org.bluez.Error.NotAvailable": Fault.ADAPTER,
    "org.freedesktop.DBus.Error.ServiceUnknown": Fault.ADAPTER,
    "org.freedesktop.DBus.Error.AccessDenied": Fault.ADAPTER,
}


def _dbus(error: exc.BleakDBusError) -> Fault:
    details = (error.dbus_error_details or "").lower()
    if any(text.lower() in details for text in _UNPAIRED_ATT_TEXTS):
        return Fault.UNPAIRED
    return _DBUS_FAULTS.get(error.dbus_error, Fault.UNREACHABLE)


def _gatt(error: exc.BleakGATTProtocolError) -> Fault:
    return Fault.UNPAIRED if error.code in _UNPAIRED_CODES else Fault.UNREACHABLE


# First match wins, so that a class stands before its bases.
FAULTS: dict[type[Exception], Fault | Callable[..., Fault]] = {
    exc.BleakBluetoothNotAvailableError: Fault.ADAPTER,
    exc.BleakDBusError: _dbus,
    exc.BleakGATTProtocolError: _gatt,
    exc.BleakCharacteristicNotFoundError: Fault.REFUSED,
    exc.BleakDeviceNotFoundError: Fault.UNREACHABLE,
    exc.BleakError: Fault.UNREACHABLE,
    AdapterUnavailableError: Fault.ADAPTER,
    LinkLostError: Fault.LOST,
    TimeoutError: Fault.UNREACHABLE,
    EOFError: Fault.ADAPTER,  # what a broken pipe to the radio's own service ends with
    OSError: Fault.ADAPTER,  # no socket to the radio's service
}

RADIO_ERRORS = tuple(FAULTS)  # what a radio may raise; anything else is a bug of ours


def classify(error: BaseException) -> Fault | None:
    """What to do about an exception; None means a bug of ours, to be logged with its traceback."""
    for kind, fault in FAULTS.items():
        if isinstance(error, kind):
            return fault if isinstance(fault, Fault) else fault(error)
    return None


def describe(error: BaseException) -> str:
    """One plain sentence for status page, log and archive; no address and no name in it."""
    return hide_devices(_text(error))


def _text(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, exc.BleakGATTProtocolError):
        return str(error.args[1])
    if isinstance(error, exc.BleakBluetoothNotAvailableError):
        return str(error.args[0])
    return str(error) or type(error).__name__
