"""What became of a run that failed, from what was raised. Pure."""

from typing import Final

from server.analysis.runs.run import Failure, Trouble
from server.errors import MethodError, RuleError, ServerError, SessionsFailedError
from server.jobs.disk_trouble import tell_disk_trouble

_TROUBLES: Final[tuple[tuple[type[ServerError], Trouble], ...]] = (
    (SessionsFailedError, Trouble.DOSE),
    (MethodError, Trouble.DATA),
    (RuleError, Trouble.DATA),
    (ServerError, Trouble.OTHER),
)


def tell_failure(error: BaseException) -> Failure:
    """Of an error that isn't ours only its kind: its words may hold anything."""
    of_disk = tell_disk_trouble(error)
    if of_disk:
        return Failure(Trouble.DISK, of_disk)
    for kind, trouble in _TROUBLES:
        if isinstance(error, kind):
            return Failure(trouble, str(error))
    return Failure(Trouble.OTHER, type(error).__name__)
