"""Two hands, one wire format: what the simulator writes, our decoders and other people's read.

The simulator shares no code with protocol.ble's decoders; Bumble 0.0.236 and polar-python 1.1.1
share none with either.
"""

import numpy as np
from bumble.profiles.heart_rate_service import HeartRateService
from hypothesis import given
from hypothesis import strategies as st
from polar_python.models import ACCData, ECGData, MeasurementSettings, PmdDataFrame
from polar_python.parsers import parse_hr_data

from firmware_sim.strap.advertising_bytes import encode_polar_heart_rate
from firmware_sim.strap.delta_bytes import encode_delta
from firmware_sim.strap.device_information import encode_system_id, h10_information
from firmware_sim.strap.hr_bytes import BODY_CHEST, encode_heart_rate
from firmware_sim.strap.pmd_bytes import (
    H10_FEATURES,
    Measurement,
    Status,
    encode_acc_frame,
    encode_answer,
    encode_ecg_frame,
    encode_frame_header,
    encode_settings,
)
from firmware_sim.strap.pmd_offers import H10_OFFERS
from protocol.ble import pmd, uuids
from protocol.ble.advertising import decode_manufacturer_data
from protocol.ble.battery import decode_battery_level
from protocol.ble.codecs import codec_for
from protocol.ble.heart_rate import (
    BodySensorLocation,
    decode_body_sensor_location,
    decode_heart_rate_measurement,
)

u16 = st.integers(0, 0xFFFF)
u8 = st.integers(0, 0xFF)
stamps_ns = st.integers(0, 2**64 - 1)
ticks = st.lists(u16, max_size=9)
i16 = st.integers(-(2**15), 2**15 - 1)
i24 = st.integers(-(2**23), 2**23 - 1)


@given(
    bpm=u16, rr=ticks, contact=st.none() | st.booleans(), energy=st.none() | u16, wide=st.booleans()
)
def test_every_heart_rate_comes_back(
    bpm: int, rr: list[int], contact: bool | None, energy: int | None, wide: bool
) -> None:
    bpm = bpm if wide else bpm & 0xFF
    wire = encode_heart_rate(bpm, rr, contact=contact, energy_kj=energy, wide=wide)
    ours = decode_heart_rate_measurement(wire)
    assert (ours.bpm, list(ours.rr_ticks), ours.contact) == (bpm, rr, contact)
    assert (ours.energy_kj, ours.trailing_bytes) == (energy, 0)
    theirs = HeartRateService.HeartRateMeasurement.from_bytes(wire)
    assert (theirs.heart_rate, theirs.energy_expended) == (bpm, energy)
    assert theirs.sensor_contact_detected == contact
    assert [seconds * 1024 for seconds in theirs.rr_intervals or ()] == rr


@given(bpm=u8, rr=ticks)
def test_an_h10s_heart_rate_as_polar_python_reads_it(bpm: int, rr: list[int]) -> None:
    theirs = parse_hr_data(bytearray(encode_heart_rate(bpm, rr)))
    assert theirs.heartrate == bpm
    assert [ms * 1024 / 1000 for ms in theirs.rr_intervals] == rr


@given(stamps_ns, st.lists(st.tuples(i16, i16, i16), min_size=1, max_size=36))
def test_every_acceleration_comes_back(stamp_ns: int, samples: list[tuple[int, int, int]]) -> None:
    wire = encode_acc_frame(stamp_ns, np.array(samples, dtype=np.int64))
    ours = pmd.decode_frame(wire)
    assert isinstance(ours, pmd.AccelerationFrame)
    assert list(ours.samples) == samples
    assert (ours.header.timestamp_ns, ours.header.form, ours.truncated) == (stamp_ns, "0x01", False)
    theirs = PmdDataFrame.from_bytes(bytearray(wire), lambda _: 1.0)
    assert ACCData.from_dataframe(theirs).data == samples


@given(stamps_ns, st.lists(i24, min_size=1, max_size=73))
def test_every_ecg_comes_back(stamp_ns: int, microvolts: list[int]) -> None:
    wire = encode_ecg_frame(stamp_ns, np.array(microvolts, dtype=np.int64).reshape(-1, 1))
    ours = pmd.decode_frame(wire)
    assert isinstance(ours, pmd.EcgFrame)
    assert [sample.microvolts for sample in ours.samples] == microvolts
    assert ours.header.timestamp_ns == stamp_ns
    theirs = PmdDataFrame.from_bytes(bytearray(wire), lambda _: 1.0)
    assert ECGData.from_dataframe(theirs).data == microvolts


@given(st.lists(st.tuples(i16, i16, i16), min_size=1, max_size=71), st.integers(57, 219))
def test_every_compressed_acceleration_comes_back(
    samples: list[tuple[int, int, int]], room_bytes: int
) -> None:
    count, content = encode_delta(np.array(samples, dtype=np.int64), room_bytes)
    assert len(content) <= room_bytes
    wire = encode_frame_header(Measurement.ACC, 1, 0x81) + content
    ours = pmd.decode_frame(wire)
    assert isinstance(ours, pmd.AccelerationFrame)
    assert list(ours.samples) == samples[:count]
    assert not ours.truncated
    theirs = PmdDataFrame.from_bytes(bytearray(wire), lambda _: 1.0)
    assert ACCData.from_dataframe(theirs).data == samples[:count]


def test_features_and_settings_come_back() -> None:
    assert {int(each) for each in pmd.decode_features(H10_FEATURES).measurements} == {0, 2}
    for measurement, offer in H10_OFFERS.items():
        wire = encode_answer(1, measurement, Status.SUCCESS, encode_settings(offer))
        answer = pmd.decode_control_point(wire)
        assert isinstance(answer, pmd.ControlAnswer)
        ours = pmd.decode_answer_settings(answer)
        assert {int(k): v for k, v in ours.values.items()} == {int(k): v for k, v in offer.items()}
        theirs = MeasurementSettings.from_bytes(bytearray(wire)).settings
        assert [list(each.values) for each in theirs] == [list(each) for each in offer.values()]


@given(u8, u8, st.sampled_from([each for each in Status if each is not Status.SUCCESS]))
def test_every_refusal_comes_back(operation: int, measurement: int, status: Status) -> None:
    answer = pmd.decode_control_point(encode_answer(operation, measurement, status))
    assert isinstance(answer, pmd.ControlAnswer)
    assert (answer.operation, answer.status) == (operation, status)


@given(u8, u8, st.booleans(), st.booleans(), st.integers(0, 1000))
def test_every_advertisement_comes_back(
    fast_bpm: int, slow_bpm: int, contact: bool, battery_low: bool, counter: int
) -> None:
    wire = encode_polar_heart_rate(
        fast_bpm=fast_bpm,
        slow_bpm=slow_bpm,
        contact=contact,
        battery_low=battery_low,
        frame_counter=counter,
    )
    company, heart = decode_manufacturer_data(wire)
    assert company == 0x006B
    assert heart is not None
    assert (heart.fast_bpm, heart.slow_bpm) == (fast_bpm, slow_bpm)
    assert (heart.contact, heart.battery_low) == (contact, battery_low)
    assert heart.frame_counter == counter % 8


def test_what_can_be_read_comes_back() -> None:
    for name, value in h10_information("51ADA00F").items():
        codec_for(name).decode(value)
    assert codec_for(uuids.SERIAL_NUMBER).decode(b"51ADA00F") == "51ADA00F"
    assert (
        codec_for(uuids.MANUFACTURER_NAME).decode(
            h10_information("51ADA00F")[uuids.MANUFACTURER_NAME]
        )
        == "Polar Electro Oy"
    )
    assert decode_body_sensor_location(BODY_CHEST) is BodySensorLocation.CHEST
    assert [decode_battery_level(bytes((percent,))) for percent in (0, 100)] == [0, 100]
    assert len(encode_system_id(bytes(6))) == 8
