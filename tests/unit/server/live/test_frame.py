import json

from server.live.frame import Gateway, Tile, encode_frame
from server.live.moment import ServerNow

NOW = ServerNow(monotonic_ns=42, wall_ns=1_700_000_000_123_999_999)


def test_frame_as_promised() -> None:
    tile = Tile("8AA87D20", "07", "h10", False, "good", "●", "Good", "")
    frame = json.loads(encode_frame(3, [tile], [Gateway("gym", 0.4)], NOW))
    assert list(frame) == [
        "v",
        "frame",
        "server_utc",
        "server_monotonic_ns",
        "tiles",
        "gateways",
        "gaps",
    ]
    assert frame["gaps"] == []
    assert frame["server_utc"] == "2023-11-14T22:13:20.123Z"
    assert (frame["v"], frame["frame"], frame["server_monotonic_ns"]) == (1, 3, 42)
    (gateway,) = frame["gateways"]
    assert gateway == {"gateway": "gym", "age_s": 0.4, "clock_behind_ms": None, "radio": None}
    assert set(frame["tiles"][0]) == {
        *("strap", "label", "model", "state", "shape", "word", "act", "simulated", "link"),
        *("bpm", "bpm_age_s", "bpm_shown", "bpm_received", "contact", "battery_pct"),
        *("activity_mg", "activity_age_s", "knocked_age_s", "clock", "conflict", "signal"),
    }


def test_a_frame_is_one_line() -> None:
    tile = Tile("8AA87D20", "two\nlines\r\u2028", "h10", False, "good", "●", "Good", "")
    assert b"\n" not in encode_frame(1, [tile], [], NOW)
    assert b"\r" not in encode_frame(1, [tile], [], NOW)
