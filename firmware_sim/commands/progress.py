"""One line of progress that is written over, where somebody watches."""

import sys
from collections.abc import Callable


def make_progress() -> Callable[[str], None]:
    """Says nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        return lambda _: None

    def say(text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    return say
