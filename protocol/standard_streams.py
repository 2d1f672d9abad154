"""Standard input and output that end a command with one sentence, whatever was done to them.

A shell can close them (`<&-`, `>&-`) and a disk can be full (`>/dev/full`): Python then has None in
their place, or fails once more while it ends.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn, TextIO, cast


class StreamError(Exception):
    """Standard input or output is of no use: the command ends with this sentence."""


class ReaderGoneError(StreamError, BrokenPipeError):
    """Whoever read standard output (such as `head`) has seen enough: end quietly."""


class _CheckedOutput:
    """Standard output whose own failures can be told from any other file's."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with _told_apart():
            return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:  # one by one: an error of the iterable is not one of the stream
            self.write(line)

    def flush(self) -> None:
        with _told_apart():
            self._stream.flush()


class _ClosedInput:
    """Stands where standard input was closed: nothing until somebody reads."""

    def __getattr__(self, name: str) -> NoReturn:
        raise StreamError("standard input is closed; give it a file or a pipe, or < /dev/null")


class _ClosedOutput:
    """Stands where standard output was closed: nothing until somebody writes."""

    def flush(self) -> None:
        """Nothing waits."""

    def __getattr__(self, name: str) -> NoReturn:
        raise StreamError(_lost("it is closed"))


@contextmanager
def checked_streams() -> Iterator[None]:
    """Both streams checked while the context lasts; raises StreamError also at its end."""
    before = sys.stdin, sys.stdout
    sys.stdin = cast(TextIO, sys.stdin or _ClosedInput())
    sys.stdout = cast(TextIO, _CheckedOutput(sys.stdout) if sys.stdout else _ClosedOutput())
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except StreamError:
        _discard(before[1])
        raise
    finally:
        sys.stdin, sys.stdout = before


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGoneError(_lost(error.strerror)) from error
    except OSError as error:
        raise StreamError(_lost(error.strerror)) from error


def _lost(reason: str | None) -> str:
    return (
        f"the answer can't be written to standard output: {reason or 'it fails'}; "
        "what was stored before stays stored"
    )


def _discard(stream: TextIO | None) -> None:
    """Let what the stream still holds go nowhere: Python would fail over it once more."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, cast(TextIO, stream).fileno())
        os.close(nowhere)
