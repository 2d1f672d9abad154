import numpy as np

from server.projection.person_origins import trace_origins
from server.projection.person_streams import MovementPiece, PersonStreams
from server.projection.strap_heart import StrapHeart
from server.sessions.domain.coverage import Worn

S = 1_000_000_000


def heart(strap: str, from_s: int, until_s: int) -> StrapHeart:
    """A value a second, no beats."""
    at_ns = np.arange(from_s, until_s, dtype=np.int64) * S
    nothing = np.zeros(0, dtype=np.int64)
    ones = np.ones(len(at_ns), dtype=np.bool_)
    return StrapHeart(strap, at_ns, at_ns // S, ones, nothing, nothing, nothing.astype(np.bool_))


def moved(strap: str, from_s: int, until_s: int) -> MovementPiece:
    at_ns = np.arange(from_s, until_s, dtype=np.int64) * S
    return MovementPiece(strap, 1, 1.0, at_ns, np.zeros((len(at_ns), 3), dtype=np.float32))


def list_rows(streams: PersonStreams, origin_ns: int = 0) -> list[tuple[str, str, float, float]]:
    columns = trace_origins(streams, origin_ns).columns
    told = (columns[name].tolist() for name in ("stream", "strap", "from_s", "until_s"))
    return list(zip(*told, strict=True))


def test_a_strap_that_was_changed_in_between_has_two_stretches() -> None:
    worn = [Worn("P01", "A", 0, 100_000), Worn("P01", "B", 100_000, 200_000),
            Worn("P01", "A", 200_000, 300_000)]  # fmt: skip
    first = heart("A", 0, 300)
    hers = (first.utc_ns < 100 * S) | (first.utc_ns >= 200 * S)
    beats = np.zeros(0, dtype=np.bool_)
    streams = PersonStreams(hearts=[first.keep(hers, beats), heart("B", 110, 190)], worn=worn)
    assert list_rows(streams, 50 * S) == [
        ("heart", "A", -50.0, 49.0), ("heart", "B", 60.0, 139.0), ("heart", "A", 150.0, 249.0),
    ]  # fmt: skip


def test_pieces_of_one_strap_are_one_stretch_and_streams_stand_apart() -> None:
    worn = [Worn("P01", "A", 0, 100_000)]
    streams = PersonStreams(
        hearts=[heart("A", 2, 90)], movement=[moved("A", 0, 40), moved("A", 45, 80)], worn=worn
    )
    assert list_rows(streams) == [("heart", "A", 2.0, 89.0), ("movement", "A", 0.0, 79.0)]


def test_a_strap_that_sent_nothing_is_no_origin() -> None:
    assert list_rows(PersonStreams(worn=[Worn("P01", "A", 0, 100_000)])) == []
