"""A simulated Movesense, asked and read by our own hand."""

import numpy as np
import pytest

from firmware_sim.strap.fleet import build_straps
from protocol.ble import uuids
from protocol.ble.movesense.commands import encode_hello, encode_subscribe
from protocol.ble.movesense.joining import PartJoiner
from protocol.ble.movesense.measurements import decode_measurement
from protocol.ble.movesense.responses import decode_response

START_NS = 10**12
SECOND_NS = 10**9


@pytest.mark.parametrize("rate_hz", [13, 52, 104, 208])
def test_its_acceleration_is_gravity_and_more(rate_hz: int) -> None:
    """At 208 Hz a packet comes in two parts."""
    (strap,) = build_straps(1, "movesense", start_ns=START_NS)
    strap.connect(START_NS)
    strap.exchange_mtu(161)
    strap.subscribe(uuids.MOVESENSE_RESPONSE, notify=True, indicate=False)
    (hello,) = strap.write(uuids.MOVESENSE_COMMAND, encode_hello(1), START_NS)
    named = decode_response(hello.payload).hello
    assert named is not None
    assert named.strings[0] == "51ADA001"
    path = f"/Meas/Acc/{rate_hz}"
    (answer,) = strap.write(uuids.MOVESENSE_COMMAND, encode_subscribe(2, path), START_NS)
    assert decode_response(answer.payload).status == 200

    joiner = PartJoiner()
    samples: list[tuple[float, ...]] = []
    for value in strap.tick(START_NS + 20 * SECOND_NS):
        joined = joiner.add(decode_response(value.payload))
        assert not joined.dropped
        if joined.whole is not None:
            samples += decode_measurement(path, joined.whole).series[0].samples
    assert len(samples) > 19 * rate_hz
    assert np.median(np.linalg.norm(samples, axis=1)) == pytest.approx(9.80665, rel=0.04)
