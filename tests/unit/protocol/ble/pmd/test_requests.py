from protocol.ble.pmd.requests import (
    encode_get_measurement_status,
    encode_get_sdk_mode_status,
    encode_get_settings,
    encode_start,
    encode_stop,
)
from protocol.ble.pmd.vocabulary import Measurement, Setting

ACCELERATION, ECG = Measurement.ACCELERATION, Measurement.ECG


def test_requests_are_the_documents_bytes() -> None:
    """polar-ble-sdk, online_measurement.pdf, typed by hand."""
    assert encode_get_settings(ACCELERATION).hex(" ") == "01 02"
    assert encode_get_settings(ECG).hex(" ") == "01 00"
    assert encode_stop(ACCELERATION).hex(" ") == "03 02"
    assert encode_get_measurement_status().hex() == "05"
    assert encode_get_sdk_mode_status().hex() == "06"
    assert encode_start(Measurement.PPI, {}).hex(" ") == "02 03"
    ecg = {Setting.SAMPLE_RATE: 130, Setting.RESOLUTION: 14}
    assert encode_start(ECG, ecg).hex() == "02000001820001010e00"
    verity = {
        Setting.SAMPLE_RATE: 52,
        Setting.RESOLUTION: 16,
        Setting.RANGE: 8,
        Setting.CHANNELS: 3,
    }
    assert encode_start(ACCELERATION, verity).hex() == "0202000134000101100002010800040103"


def test_no_request_asks_for_offline_recording() -> None:
    """Bit 7 of the measurement would."""
    for measurement in Measurement:
        for request in (encode_get_settings(measurement), encode_stop(measurement)):
            assert request[1] == measurement < 0x40
