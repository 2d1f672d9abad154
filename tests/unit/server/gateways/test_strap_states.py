"""What stands about a strap: the row it began with, then the last word of its history."""

from typing import Any

import pytest

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.errors import ConflictError
from server.gateways.strap_states import (
    fold_straps,
    format_streams,
    parse_streams,
    require_free_label,
)

ADDED: list[dict[str, Any]] = [
    {"serial": "51ADA001", "model": "h10", "label": "01", "streams": "heart_rate,movement"},
    {"serial": "51ADA002", "model": "verity", "label": None, "streams": "heart_rate"},
]


def _change(serial: str, label: str | None, streams: str) -> dict[str, Any]:
    return {"serial": serial, "new_label": label, "new_streams": streams}


def test_a_strap_without_history_stands_as_it_was_added() -> None:
    assert fold_straps(ADDED, []) == {
        "51ADA001": RosterStrap("51ADA001", "h10", "01", list(ConsentedStream)),
        "51ADA002": RosterStrap("51ADA002", "verity", None, [ConsentedStream.HEART_RATE]),
    }


def test_the_last_change_of_each_strap_counts() -> None:
    changes = [
        _change("51ADA001", "01", ""),
        _change("51ADA002", "02", "heart_rate"),
        _change("51ADA001", "09", "movement"),
    ]
    states = fold_straps(ADDED, changes)
    assert states["51ADA001"] == RosterStrap("51ADA001", "h10", "09", [ConsentedStream.MOVEMENT])
    assert states["51ADA002"].label == "02"


@pytest.mark.parametrize("streams", [[], [ConsentedStream.MOVEMENT], list(ConsentedStream)])
def test_streams_are_read_as_they_were_written(streams: list[ConsentedStream]) -> None:
    assert parse_streams(format_streams(streams[::-1])) == streams


def test_a_label_is_free_for_its_own_strap_and_for_nobody_else() -> None:
    states = fold_straps(ADDED, [])
    require_free_label(states, "51ADA001", "01")
    require_free_label(states, "51ADA003", None)
    with pytest.raises(ConflictError, match="label '01' is on strap 51ADA001 already"):
        require_free_label(states, "51ADA002", "01")
