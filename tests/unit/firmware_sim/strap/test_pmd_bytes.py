"""Golden values are the known exchanges of the wire reference (3.2, 3.6, 3.8 and 4)."""

import numpy as np

from firmware_sim.strap.pmd_bytes import (
    H10_FEATURES,
    Measurement,
    Operation,
    Status,
    encode_acc_frame,
    encode_answer,
    encode_ecg_frame,
    encode_settings,
)
from firmware_sim.strap.pmd_offers import H10_OFFERS


def test_features_of_an_h10() -> None:
    features = H10_FEATURES.hex()
    assert features == "0f05" + 15 * "00"


def test_settings_of_acc_and_ecg() -> None:
    acc = encode_settings(H10_OFFERS[Measurement.ACC])
    assert acc == bytes.fromhex("0004 1900 3200 6400 c800 0101 1000 0203 0200 0400 0800")
    ecg = encode_settings(H10_OFFERS[Measurement.ECG])
    assert ecg == bytes.fromhex("0001 8200 0101 0e00")


def test_an_answer_has_a_more_byte() -> None:
    assert encode_answer(Operation.START, 0, Status.INVALID_PARAMETER) == bytes.fromhex(
        "f002000500"
    )


def test_an_acc_frame() -> None:
    samples = np.array([[-551, 76, 819], [1, -1, 8000]], dtype=np.int64)
    assert encode_acc_frame(0x0852493101020304, samples) == bytes.fromhex(
        "02 0403020131495208 01 d9fd 4c00 3303 0100 ffff 401f"
    )


def test_an_ecg_frame_of_a_real_h10() -> None:
    """First samples of a frame captured by h10_ecg (gatttool.md): 117, 115, 99, …, -4, -11."""
    samples = np.array([117, 115, 99, -4, -11], dtype=np.int64)
    wire = bytes.fromhex("00 aa9a935131495208 00 750000 730000 630000 fcffff f5ffff")
    stamp_ns = int.from_bytes(wire[1:9], "little")
    assert encode_ecg_frame(stamp_ns, samples) == wire


def test_full_frames_have_the_captured_lengths() -> None:
    assert len(encode_acc_frame(0, np.zeros((36, 3), dtype=np.int64))) == 226
    assert len(encode_ecg_frame(0, np.zeros((73, 1), dtype=np.int64))) == 229
