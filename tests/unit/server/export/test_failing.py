import errno

import pytest

from server.errors import SettingsError, TableFailedError
from server.export.failing import tell_failure
from server.export.job import Failure, Trouble


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (OSError(errno.ENOSPC, "x", "/a/path"), Failure(Trouble.DISK, "no room is left")),
        (PermissionError(errno.EACCES, "denied", "/a/path"), Failure(Trouble.DISK, "denied")),
        (
            SettingsError("can't copy a into /b: database or disk is full"),
            Failure(Trouble.DISK, "no room is left"),
        ),
        (TableFailedError("dose", 7, "wrong"), Failure(Trouble.TABLE, "wrong", "dose", 7)),
        (SettingsError("a plain sentence"), Failure(Trouble.OTHER, "a plain sentence")),
        (RuntimeError("Maryam"), Failure(Trouble.OTHER, "RuntimeError")),
    ],
)
def test_what_is_told_and_what_is_not(error: Exception, failure: Failure) -> None:
    assert tell_failure(error) == failure
