"""What is taken from a frame of the live page."""

from firmware_sim.rehearsal.live_watch import LiveWatch, read_boot_id, read_frame
from firmware_sim.rehearsal.verdict.evidence import LiveFrame

FRAME = {
    "v": 1,
    "frame": 7,
    "tiles": [
        {
            "strap": "51ADA001",
            "bpm": 71,
            "bpm_shown": "fresh",
            "bpm_age_s": 0.4,
            "bpm_received": {"boot_id": "boot", "monotonic_ns": 5, "wall_ns": 9},
        },
        {"strap": "51ADA002", "bpm": None, "bpm_shown": "none", "bpm_received": None},
    ],
}


def test_a_frame_tells_each_newest_stamp_and_its_age() -> None:
    assert read_frame(FRAME, 11) == LiveFrame(11, {"51ADA001": 5}, {"51ADA001": 0.4})


def test_a_frame_tells_which_boot_heard_its_heart_rates() -> None:
    assert read_boot_id(FRAME) == "boot"
    assert read_boot_id({"tiles": FRAME["tiles"][1:]}) is None  # type: ignore[index]
    assert read_boot_id({}) is None


def test_live_tiles_are_those_with_a_fresh_heart_rate() -> None:
    watch = LiveWatch("http://127.0.0.1:1")
    assert watch.n_live_tiles == 0
    watch.newest = FRAME
    assert watch.n_live_tiles == 1


def test_a_frame_shows_what_came_last_once_each_stamp_is_of_then_or_later() -> None:
    watch = LiveWatch("http://127.0.0.1:1")
    assert watch.shows({})
    assert not watch.shows({"51ADA001": 5})
    watch.frames += [LiveFrame(10, {"51ADA001": 4}), read_frame(FRAME, 11)]
    assert watch.shows({"51ADA001": 5})
    assert not watch.shows({"51ADA001": 6})
    assert not watch.shows({"51ADA001": 5, "51ADA002": 5})
