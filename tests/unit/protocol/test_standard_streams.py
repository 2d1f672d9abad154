"""A stream that can't be used ends as one error of its own; what others raise passes."""

import io
import sys
from typing import NoReturn

import pytest

from protocol.standard_streams import ReaderGoneError, StreamError, checked_streams


class Failing(io.StringIO):
    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def flush(self) -> NoReturn:
        raise self.error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(28, "No space left on device"), StreamError),
        (BrokenPipeError(32, "Broken pipe"), ReaderGoneError),
    ],
)
def test_output_that_fails_at_the_end_is_told(
    error: OSError, kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Failing(error)
    monkeypatch.setattr(sys, "stdout", failing)
    with pytest.raises(kind, match=str(error.strerror)), checked_streams():
        sys.stdout.writelines(["said", "\n"])
    assert failing.getvalue() == "said\n"
    assert sys.stdout is failing


def test_closed_streams_are_told_when_they_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    with checked_streams():
        pass
    with pytest.raises(StreamError, match="standard input is closed"), checked_streams():
        sys.stdin.buffer.read()
    with pytest.raises(StreamError, match="standard output: it is closed"), checked_streams():
        sys.stdout.write("said")


def test_an_error_of_another_file_stays_what_it_is() -> None:
    with pytest.raises(FileNotFoundError), checked_streams():
        raise FileNotFoundError
