"""Services and characteristics by their names in the specifications, and our name of each.

A characteristic's *name* in messages and archives is four hex digits for one that the Bluetooth
SIG assigned and the full lower-case UUID for a vendor's.
"""

from protocol.errors import InvalidIdentifierError

_SIG_BASE = "-0000-1000-8000-00805f9b34fb"  # Bluetooth Core Specification, Vol 3 Part B 2.5.1

HEART_RATE_SERVICE = "180d"
HEART_RATE_MEASUREMENT = "2a37"
BODY_SENSOR_LOCATION = "2a38"
HEART_RATE_CONTROL_POINT = "2a39"

BATTERY_SERVICE = "180f"
BATTERY_LEVEL = "2a19"
BATTERY_LEVEL_STATUS = "2bed"

DEVICE_INFORMATION_SERVICE = "180a"
SYSTEM_ID = "2a23"
MODEL_NUMBER = "2a24"
SERIAL_NUMBER = "2a25"
FIRMWARE_REVISION = "2a26"
HARDWARE_REVISION = "2a27"
SOFTWARE_REVISION = "2a28"
MANUFACTURER_NAME = "2a29"

# Polar Measurement Data (polar-ble-sdk, technical_documentation/online_measurement.pdf)
PMD_SERVICE = "fb005c80-02e7-f387-1cad-8acd2d8df0c8"
PMD_CONTROL_POINT = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
PMD_DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"

# Polar device settings (polar-ble-sdk, BlePfcClient)
PFC_SERVICE = "6217ff4b-fb31-1140-ad5a-a45545d7ecf3"
PFC_FEATURE = "6217ff4c-c8ec-b1fb-1380-3ad986708e2d"
PFC_CONTROL_POINT = "6217ff4d-91bb-91d0-7e2a-7cd3bda8a1f3"

# Movesense GATT SensorData Protocol (movesense-device-lib, samples/gatt_sensordata_app)
MOVESENSE_SERVICE = "34802252-7185-4d5d-b431-630e7050e8f0"
MOVESENSE_COMMAND = "34800001-7185-4d5d-b431-630e7050e8f0"
MOVESENSE_RESPONSE = "34800002-7185-4d5d-b431-630e7050e8f0"


def full_uuid(name: str) -> str:
    """The 128-bit UUID, in the text form that radios use, of a characteristic's name."""
    return f"0000{name}{_SIG_BASE}" if len(name) == 4 else name


def characteristic_name(uuid: str) -> str:
    """Our name of a UUID given in its 16-bit or 128-bit form. Raises InvalidIdentifierError."""
    text = uuid.lower()
    if len(text) == 36:
        is_sig = text.startswith("0000") and text.endswith(_SIG_BASE)
        return text[4:8] if is_sig else text
    if len(text) == 4 and all(digit in "0123456789abcdef" for digit in text):
        return text
    raise InvalidIdentifierError(f"{uuid!r} is neither a 16-bit nor a 128-bit Bluetooth UUID")
