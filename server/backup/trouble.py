"""What stood in a backup's way, in words without a traceback and without secrets."""

from sqlalchemy.exc import DBAPIError

from server.db.failures import tell_reason


def tell_trouble(error: Exception) -> str:
    """One line for a person."""
    if isinstance(error, DBAPIError):
        return tell_reason(error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).partition("\n")[0]
