import pytest

from protocol.ble import uuids
from protocol.ble.codecs import CODECS, codec_for
from protocol.ble.heart_rate import HeartRateMeasurement
from protocol.ble.movesense import Response
from protocol.ble.pfc import PfcAnswer, PfcFeatures
from protocol.ble.pmd import AccelerationFrame, Features
from protocol.errors import UnknownCharacteristicError

EXAMPLES: dict[str, tuple[str, object]] = {
    uuids.HEART_RATE_MEASUREMENT: ("064a", HeartRateMeasurement),
    uuids.BODY_SENSOR_LOCATION: ("01", int),
    uuids.BATTERY_LEVEL: ("64", int),
    uuids.BATTERY_LEVEL_STATUS: ("000000", object),
    uuids.SYSTEM_ID: ("0000000000000000", object),
    uuids.MODEL_NUMBER: ("483130", str),
    uuids.SERIAL_NUMBER: ("483130", str),
    uuids.FIRMWARE_REVISION: ("483130", str),
    uuids.HARDWARE_REVISION: ("483130", str),
    uuids.SOFTWARE_REVISION: ("483130", str),
    uuids.MANUFACTURER_NAME: ("483130", str),
    uuids.PMD_CONTROL_POINT: ("0f0500", Features),
    uuids.PMD_DATA: ("02" + "00" * 8 + "01", AccelerationFrame),
    uuids.PFC_FEATURE: ("0000", PfcFeatures),
    uuids.PFC_CONTROL_POINT: ("f00901", PfcAnswer),
    uuids.MOVESENSE_RESPONSE: ("0201", Response),
}


def test_every_codec_decodes_values_of_its_own_characteristic() -> None:
    assert EXAMPLES.keys() == CODECS.keys()
    for characteristic, (wire, kind) in EXAMPLES.items():
        codec = codec_for(characteristic)
        assert isinstance(kind, type)
        assert isinstance(codec.decode(bytes.fromhex(wire)), kind)
        assert codec.version >= 1


def test_an_unknown_characteristic_is_named() -> None:
    with pytest.raises(UnknownCharacteristicError, match="2a53"):
        codec_for("2a53")
