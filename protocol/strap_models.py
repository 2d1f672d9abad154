"""The models that a roster can name, and what a gateway collects from each."""

from enum import StrEnum

from protocol.messages.roster import ConsentedStream


class StrapModel(StrEnum):
    """Models whose streams the gateway knows how to start."""

    H10 = "h10"
    VERITY = "verity"
    GENERIC = "generic"
    MOVESENSE = "movesense"


# Both send acceleration as Polar Measurement Data; the standard Heart Rate Service has none, and
# Movesense's own service is decoded but not collected.
_SEND_MOVEMENT = frozenset({StrapModel.H10, StrapModel.VERITY})


def collected_streams(model: str) -> frozenset[ConsentedStream]:
    """What a gateway collects from a strap of `model` whose wearer agreed to everything."""
    if model in _SEND_MOVEMENT:
        return frozenset(ConsentedStream)
    return frozenset({ConsentedStream.HEART_RATE})
