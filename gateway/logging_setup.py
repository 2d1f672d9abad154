"""Where the gateway's log goes: standard error, one line an event, UTC."""

import logging
import time

_FORMAT = "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s"
_QUIET = ("httpx", "httpcore", "bleak", "uvicorn", "asyncio")  # their INFO repeats ours


def set_up_logging() -> None:
    """Once, by the command that runs for long."""
    formatter = logging.Formatter(_FORMAT, datefmt="%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    output = logging.StreamHandler()
    output.setFormatter(formatter)
    logging.basicConfig(level=logging.INFO, handlers=[output])
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
