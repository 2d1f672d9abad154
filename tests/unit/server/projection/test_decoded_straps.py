import numpy as np

from server.decoding.clocks.timed import FrameTally, TimedAcceleration
from server.projection.decoded_straps import DecodedStraps
from server.projection.strap_clocks import describe_clocks
from server.projection.strap_stream import StrapStream


def stream(strap: str, n: int = 10) -> StrapStream:
    """24 bytes a sample."""
    moved = TimedAcceleration(
        np.zeros(n, dtype=np.int64), np.zeros((n, 3), dtype=np.float32),
        np.zeros(n, dtype=np.int32), (), (), (), FrameTally(), None,
    )  # fmt: skip
    return StrapStream("gym", strap, (), moved, (), describe_clocks("gym", strap, moved), 0)


def test_what_was_decoded_from_the_same_runs_is_found_and_nothing_else() -> None:
    kept, one = DecodedStraps(), stream("A")
    kept.keep("runs", "A", [one])
    assert kept.find("runs", "A") == (one,)
    assert kept.find("other runs", "A") is None
    assert kept.find("runs", "B") is None
    kept.keep("runs", "C", [])  # it sent nothing, which is known too
    assert kept.find("runs", "C") == ()


def test_what_was_used_longest_ago_makes_room() -> None:
    kept = DecodedStraps(most_bytes=2 * 240)
    for strap in ("A", "B"):
        kept.keep("runs", strap, [stream(strap)])
    kept.find("runs", "A")
    kept.keep("runs", "C", [stream("C")])
    assert [kept.find("runs", strap) is None for strap in "ABC"] == [False, True, False]


def test_what_is_too_large_is_not_kept() -> None:
    kept = DecodedStraps(most_bytes=100)
    kept.keep("runs", "A", [stream("A")])
    assert kept.find("runs", "A") is None
