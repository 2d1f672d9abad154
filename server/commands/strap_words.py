"""How people write a strap's streams and label on the command line, and read them in answers."""

from collections.abc import Sequence
from typing import Final

from protocol.messages.roster import ConsentedStream, RosterStrap
from protocol.strap_models import collected_streams
from server.errors import RuleError

MAX_LABEL: Final = 16  # characters; it stands on a sticker and on a tile
NONE: Final = "none"


def read_streams(text: str) -> list[ConsentedStream]:
    """The streams that a list of words names. Raises RuleError."""
    try:
        chosen = {ConsentedStream(word.strip()) for word in text.split(",")}
    except ValueError:
        possible = ", ".join(stream.value for stream in ConsentedStream)
        raise RuleError(
            f"{text!r} names a stream that doesn't exist; choose from: {possible}"
        ) from None
    return [stream for stream in ConsentedStream if stream in chosen]


def check_label(label: str | None) -> str | None:
    """The label itself. Raises RuleError when it has no place on a sticker."""
    if label is not None and not (0 < len(label) <= MAX_LABEL and label.isprintable()):
        raise RuleError(f"a label has 1 to {MAX_LABEL} printable characters, not {label!r}")
    return label


def describe_recorded(strap: RosterStrap) -> str:
    """In a sentence: what a strap records, and what its wearer agreed to beyond that."""
    collected = collected_streams(strap.model)
    missing = [stream for stream in strap.streams if stream not in collected]
    said = describe_streams([stream for stream in strap.streams if stream in collected])
    if missing:
        said += f"; {describe_streams(missing)} is agreed to, but not collected from this model"
    return said


def describe_streams(streams: Sequence[ConsentedStream]) -> str:
    """In a sentence: these streams."""
    return " and ".join(stream.value.replace("_", " ") for stream in streams) or "nothing"
