"""No log line and no traceback names a device (promise F11), whoever raised or wrote it."""

import io
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bleak.backends.device import BLEDevice
from bleak.exc import BleakDeviceNotFoundError, BleakError

from gateway.logging_setup import CleanFormatter

ROOT = Path(__file__).parents[3]
ADDRESS = "A0:9E:1A:8A:A8:7D"
ON_MACOS = "5D2E4C1F-8A3B-4E6D-9F70-1B2C3D4E5F60"
NAME = "Polar H10 8C4CAD2F"
PARTS = ("9E:1A", "9E_1A", "5D2E4C1F", "8C4CAD2F")


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    """What a handler with the gateway's formatter writes, whichever logger is used."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(CleanFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)


def log_error(raise_it: Callable[[], None], name: str = "gateway.app") -> None:
    try:
        raise_it()
    except Exception:
        logging.getLogger(name).exception("straps failed; starting it again")


def not_found() -> None:
    raise BleakDeviceNotFoundError(ADDRESS, f"Device with address {ADDRESS} was not found")


def chained() -> None:
    try:
        not_found()
    except BleakError as error:
        device = BLEDevice(ADDRESS, NAME, None)
        raise RuntimeError(f"no link to {device!r}, that is {device}") from error


def grouped() -> None:
    error = KeyError(f"/org/bluez/hci0/dev_{ADDRESS.replace(':', '_')}")
    error.add_note(f"seen as {ON_MACOS} named {NAME}")
    raise ExceptionGroup("two of", [error, ValueError(f"{NAME} at {ADDRESS.lower()}")])


@pytest.mark.parametrize("raise_it", [not_found, chained, grouped])
def test_f11_a_traceback_names_no_device(output: io.StringIO, raise_it: Callable[[], None]) -> None:
    """Goes red if only the message is cleaned, or only the last error of a chain."""
    log_error(raise_it)
    told = output.getvalue()
    assert "Traceback (most recent call last)" in told
    assert "in not_found" in told or "in grouped" in told, "where it happened stays"
    assert "(address)" in told
    assert not [part for part in PARTS if part.lower() in told.lower()]


def test_f11_a_traceback_that_another_handler_kept_is_cleaned_too(output: io.StringIO) -> None:
    try:
        not_found()
    except BleakError:
        record = logging.LogRecord("gateway", 40, "f", 1, "no", None, sys.exc_info())
    logging.Formatter().format(record)
    assert ADDRESS in (record.exc_text or "")
    logging.getLogger().handle(record)
    assert ADDRESS not in output.getvalue()


def test_f11_a_line_names_no_device_whoever_wrote_it(output: io.StringIO) -> None:
    logging.getLogger("gateway.straps").warning("Device %s: away", ADDRESS)
    logging.getLogger("bleak.backends").warning("%s, %s, %s", ON_MACOS, ADDRESS, NAME)
    logging.getLogger("gateway").warning("at A0:9E:1A:8A:A8:7D", stack_info=True)
    told = output.getvalue()
    assert "Device (address): away" in told
    assert "(address), (address), (strap)" in told
    assert not [part for part in PARTS if part in told]


def test_our_own_sentences_may_name_an_epoch(output: io.StringIO) -> None:
    logging.getLogger("gateway.app").warning("journal, epoch %s", ON_MACOS.lower())
    assert ON_MACOS.lower() in output.getvalue()


def test_f11_text_from_elsewhere_can_t_begin_a_line(output: io.StringIO) -> None:
    """Log-injection: what a server or a strap says stays within the line that quotes it."""
    said = "no\r\nINFO all\x1b[2J is well"
    logging.getLogger("gateway.uplink").warning("the server said: %s", said)
    assert output.getvalue() == (
        "WARNING gateway.uplink: the server said: no\\x0d\\x0aINFO all\\x1b[2J is well\n"
    )


@pytest.mark.parametrize(
    "fail", ["raise error", "t = threading.Thread(target=fail); t.start(); t.join()"]
)
def test_f11_what_nobody_caught_is_logged_without_a_device(fail: str) -> None:
    program = f"""
import threading
from gateway.logging_setup import set_up_logging
set_up_logging()
error = ValueError("{ADDRESS} {NAME}")
def fail():
    raise error
{fail}
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "CRITICAL gateway: the gateway failed" in ended.stderr
    assert "ValueError: (address) (strap)" in ended.stderr
    assert not [part for part in PARTS if part in ended.stderr.replace(program, "")]
