import pytest

from gateway.decoding import SERVICES, ValueDecoder


@pytest.mark.parametrize(
    ("service", "wire", "kind"),
    [
        ("hrs", "004a", "heart_rate"),
        ("pmd", "00" * 10, "ecg"),
        ("pmd-control", "0f0500", "features"),
        ("battery", "64", "battery"),
        ("advertisement", "6b00", "advertisement"),
        ("movesense", "0201", "movesense"),
    ],
)
def test_each_service_has_its_decoder_and_refuses_nothing_at_all(
    service: str, wire: str, kind: str
) -> None:
    assert service in SERVICES
    assert ValueDecoder(service).decode(bytes.fromhex(wire))["kind"] == kind
    assert ValueDecoder(service).decode(b"")["kind"] == "malformed"


def test_a_measurement_in_two_parts_has_its_values_in_the_last() -> None:
    """Movesense IMU9 at 104 Hz: 4 + 8 x 36 bytes, cut at 150."""
    whole = bytes(4) + b"\x00\x00\x80\x3f" * 72
    decoder = ValueDecoder("movesense", path="/Meas/IMU9/104")
    first = decoder.decode(b"\x02\x07" + whole[:150])
    assert (first["path"], first["values"]) == ("/Meas/IMU9/104", None)
    last = decoder.decode(b"\x03\x07" + whole[150:])
    assert {name: len(v["samples"]) for name, v in last["values"].items()} == {
        "acceleration": 8,
        "angular_rate": 8,
        "magnetic_field": 8,
    }


def test_answers_to_commands_have_no_values() -> None:
    decoder = ValueDecoder("movesense", path="/Meas/HR")
    assert "values" not in decoder.decode(b"\x01\x07\xc8\x00")


def test_a_measurement_of_another_length_than_its_path_has_is_malformed() -> None:
    told = ValueDecoder("movesense", path="/Meas/Acc/52").decode(b"\x02\x07" + bytes(15))
    assert told["kind"] == "malformed"
    assert told["payload"] == "0207" + "00" * 15


def test_a_refused_value_leaves_the_open_answer_open() -> None:
    decoder = ValueDecoder("pmd-control")
    decoder.decode(bytes.fromhex("f001020001000219"))
    assert decoder.decode(b"\xf0")["kind"] == "malformed"
    assert decoder.decode(bytes.fromhex("f00102000000c800"))["settings"] == {
        "sample_rate": [25, 200]
    }
