"""What our code sees in vectors of the standard services, of advertising, and of Movesense."""

import re

from protocol.ble import movesense, pfc
from protocol.ble.advertising import (
    POLAR_COMPANY,
    decode_heart_rate_element,
    decode_manufacturer_data,
)
from protocol.ble.battery import decode_battery_level, decode_battery_level_status
from protocol.ble.heart_rate import decode_heart_rate_measurement
from protocol.ble.movesense.commands import LoggingState
from tests.contract.ble_vectors.vectors import Seen, Vector


def see_heart_rate(wire: bytes, _: Vector) -> Seen:
    value = decode_heart_rate_measurement(wire)
    return {
        "flags": value.flags,
        "hr": value.bpm,
        "contact_supported": value.contact is not None,
        "contact": value.contact,
        "energy_kj": value.energy_kj,
        "rr_1024": list(value.rr_ticks),
        "rr_ms_sdk_rounded": [round(ms) for ms in value.rr_ms],
        "trailing_bytes": value.trailing_bytes,
    }


def see_battery(wire: bytes, vector: Vector) -> Seen:
    if "status" not in vector["name"]:
        return {"percent": decode_battery_level(wire)}
    state = decode_battery_level_status(wire).charge_state
    names = ["unknown", "charging", "discharging_active", "discharging_inactive"]
    # The power state is little-endian: a byte after it must not change what its low byte says.
    assert decode_battery_level_status(wire + b"\xff").charge_state == state
    return {
        "power_state_u16_le": True,
        "charge_state": state.value,
        "bits_5_6_of_power_state": names.index(state),
    }


def see_pfc(wire: bytes, vector: Vector) -> Seen:
    if "feature" not in vector["name"]:
        answer = pfc.decode_pfc_answer(wire)
        return {
            "op": answer.operation,
            "status": answer.status_name,
            "payload": answer.payload.hex(),
        }
    found = pfc.decode_pfc_features(wire)
    return {
        "broadcast": found.broadcast,
        "khz5": found.khz_5,
        "ota": found.ota,
        "whisper": found.whisper,
        "ble_mode": found.ble_mode,
        "multi_connection": found.multi_connection,
        "ant": found.ant_plus,
        "security": found.security,
    }


def see_advertising(wire: bytes, vector: Vector) -> Seen:
    if "element" in vector["name"]:
        company, heart_rate = POLAR_COMPANY, decode_heart_rate_element(wire)
    else:
        company, found = decode_manufacturer_data(wire)
        if found is None:
            return {"company": company, "hr_present": False}
        heart_rate = found
    # 72 08 …, 7a 01 … and then the heart rate: only skipping both blocks whole finds 33 00 00.
    return {
        "company": company,
        "hr_present": True,
        "elements": ["72 08 + 8 data bytes", "7a 01 + 1 data byte", "HR element 33 00 00"],
        "battery_low": heart_rate.battery_low,
        "contact": heart_rate.contact,
        "frame_counter": heart_rate.frame_counter,
        "broadcast": heart_rate.broadcast,
        "khz": heart_rate.khz_code,
        "fast_hr": heart_rate.fast_bpm,
        "slow_hr": "missing" if heart_rate.slow_bpm is None else heart_rate.slow_bpm,
        "display_hr": heart_rate.bpm,
    }


def see_movesense(wire: bytes, vector: Vector) -> Seen:
    if "command" in vector["expected"]:
        assert encode_as_said(vector["expected"]["command"]) == wire
        return {"command": vector["expected"]["command"]}
    response = movesense.decode_response(wire)
    told: Seen = {
        "code": response.kind,
        "ref": response.reference,
        "payload_len": len(response.payload),
    }
    if response.hello:
        told |= {"version": response.hello.version, "strings": list(response.hello.strings)}
    return told


def encode_as_said(words: str) -> bytes:
    """Encode a command from its description, such as `GET /Meas/Temp, ref 7`."""
    said = re.fullmatch(r"(?P<verb>[A-Z_]+) ?(?P<what>.*?),? ref (?P<ref>[0-9]+)", words)
    assert said is not None
    verb, what, ref = said["verb"], said["what"], int(said["ref"])
    if verb == "GET":
        return movesense.encode_get(ref, what)
    if verb == "UNSUBSCRIBE":
        return movesense.encode_unsubscribe(ref)
    if verb == "PUT_UTCTIME":
        return movesense.encode_set_utc_time(ref, int(what.split()[0]))
    assert verb == "PUT_DATALOGGER_STATE"
    return movesense.encode_set_logging(ref, LoggingState(int(what.split()[0])))
