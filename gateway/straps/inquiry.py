"""What an open link is asked about its strap: who it is, what it is, how its battery does."""

import logging

from gateway.straps.connection import Connection, ValueCallback
from gateway.straps.faults import RADIO_ERRORS, describe
from protocol.ble import uuids
from protocol.ble.device_information import decode_text
from protocol.identifiers import StrapId

log = logging.getLogger(__name__)

# 2a23 (system id) is left out: it is made from the Bluetooth address, which stays here.
ABOUT = (
    uuids.MANUFACTURER_NAME,
    uuids.MODEL_NUMBER,
    uuids.SERIAL_NUMBER,
    uuids.HARDWARE_REVISION,
    uuids.FIRMWARE_REVISION,
    uuids.SOFTWARE_REVISION,
    uuids.BATTERY_LEVEL,
)


async def read_serial(link: Connection) -> str | None:
    """In capitals; None where the strap has no such characteristic.

    Raises MalformedPayloadError and what the radio raises.
    """
    if uuids.SERIAL_NUMBER not in link.characteristics:
        return None
    _, value = await link.read(uuids.SERIAL_NUMBER)
    return decode_text(value).strip().upper()


async def read_about(link: Connection, strap: StrapId, keep: ValueCallback) -> None:
    """Hand everything that the strap has of it to `keep`; a refusal harms nothing."""
    for name in ABOUT:
        if name not in link.characteristics:
            continue
        try:
            received, value = await link.read(name)
        except RADIO_ERRORS as error:
            log.debug("strap %s: read of %s: %s", strap, name, describe(error))
            continue
        keep(name, received, value)
