"""Where the gateway's log goes: standard error, one line an event, UTC, nobody's device in it."""

import logging
import re
import sys
import threading
import time
from types import TracebackType
from typing import Any

from gateway.straps.redaction import hide_devices, hide_hardware_addresses

_FORMAT = "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s"
_QUIET = ("httpx", "httpcore", "bleak", "uvicorn", "asyncio")  # their INFO repeats ours
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

logger = logging.getLogger("gateway")


class CleanFormatter(logging.Formatter):
    """Lines and tracebacks without a Bluetooth address or a strap's name.

    Text from elsewhere can't begin a line of its own: control characters are shown, not obeyed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter; a traceback that another handler has kept is made anew."""
        if record.exc_info:
            record.exc_text = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The line itself."""
        is_ours = record.name.split(".")[0] == logger.name
        hide = hide_hardware_addresses if is_ours else hide_devices
        return _CONTROL.sub(_show, hide(super().formatMessage(record)))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """The traceback under it, with every error that led to it."""
        return hide_devices(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's name
        """A stack without an error."""
        return hide_devices(super().formatStack(stack_info))


def set_up_logging(level: int = logging.INFO) -> None:
    """Once, by a command that uses the radio; what nobody caught is logged as well."""
    formatter = CleanFormatter(_FORMAT, datefmt="%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    output = logging.StreamHandler()
    output.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[output])
    logging.captureWarnings(capture=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logger.critical("the gateway failed", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _log_uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def _show(found: re.Match[str]) -> str:
    return f"\\x{ord(found[0]):02x}"
