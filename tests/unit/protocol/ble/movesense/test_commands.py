import pytest

from protocol.ble.movesense.commands import (
    Command,
    LoggingState,
    encode_command,
    encode_get,
    encode_hello,
    encode_restart,
    encode_set_logging,
    encode_set_utc_time,
    encode_subscribe,
    encode_unsubscribe,
)


def test_commands_are_the_documents_bytes() -> None:
    """movesense-commander, docs/gsp-protocol.md and framing.test.ts, typed by hand."""
    assert encode_hello(5).hex() == "0005"
    assert encode_subscribe(8, "/Meas/HR") == b"\x01\x08/Meas/HR\x00"
    assert encode_unsubscribe(9).hex() == "0209"
    assert encode_get(7, "/Meas/Temp") == b"\x04\x07/Meas/Temp\x00"
    assert encode_restart(1).hex() == "070105"
    assert encode_set_utc_time(15, 1_700_000_000_000_000).hex() == "080f00401e18240a0600"
    assert encode_set_logging(13, LoggingState.LOGGING).hex() == "090d03"
    assert encode_set_logging(13, LoggingState.STOPPED).hex() == "090d02"
    assert encode_command(Command.CLEAR_LOGBOOK, 255).hex() == "05ff"


@pytest.mark.parametrize("reference", [-1, 0, 256])
def test_a_reference_is_1_to_255(reference: int) -> None:
    """0 would be no reference at all."""
    with pytest.raises(ValueError, match="1 to 255"):
        encode_hello(reference)
