"""What a filler gives back: what data say, that the item doesn't apply, or that it comes later."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences with their numbers, and the fields that they are from."""

    sentence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Because of something that the data say."""

    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """It comes with the lock of the data; `why` not before."""

    why: str


Said = Told | NotApplicable | Later | None  # None: the data say nothing

NOT_BY_ARM = Later(
    "Numbers of an arm, and of those who train, are left out until the data are locked."
)


def count(n: int, one: str, many: str | None = None) -> str:
    """`1 session`, `24 sessions`."""
    return f"{n} {one if n == 1 else many or f'{one}s'}"


def join(words: list[str] | tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
