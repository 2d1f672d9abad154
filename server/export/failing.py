"""What became of an export that failed, from what was raised. Pure."""

from server.errors import ServerError, TableFailedError
from server.export.job import Failure, Trouble
from server.jobs.disk_trouble import tell_disk_trouble


def tell_failure(error: BaseException) -> Failure:
    """Of an error that isn't ours only its kind: its words may hold anything."""
    of_disk = tell_disk_trouble(error)
    if of_disk:
        return Failure(Trouble.DISK, of_disk)
    if isinstance(error, TableFailedError):
        return Failure(Trouble.TABLE, error.said, error.table, error.row)
    if isinstance(error, ServerError):
        return Failure(Trouble.OTHER, str(error))
    return Failure(Trouble.OTHER, type(error).__name__)
