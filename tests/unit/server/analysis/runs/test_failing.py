import errno

import pytest

from server.analysis.runs.failing import tell_failure
from server.analysis.runs.run import Failure, Trouble
from server.errors import MethodError, RuleError, SessionsFailedError, SettingsError


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (OSError(errno.ENOSPC, "x", "/a/path"), Failure(Trouble.DISK, "no room is left")),
        (MethodError("no column age"), Failure(Trouble.DATA, "no column age")),
        (RuleError("not what was locked"), Failure(Trouble.DATA, "not what was locked")),
        (SettingsError("a plain sentence"), Failure(Trouble.OTHER, "a plain sentence")),
        (RuntimeError("Maryam"), Failure(Trouble.OTHER, "RuntimeError")),
    ],
)
def test_what_is_told_and_what_is_not(error: Exception, failure: Failure) -> None:
    assert tell_failure(error) == failure


def test_sessions_without_dose_are_named() -> None:
    found = tell_failure(SessionsFailedError(["s1"]))
    assert (found.trouble, "s1" in found.said) == (Trouble.DOSE, True)
