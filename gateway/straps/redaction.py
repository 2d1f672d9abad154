"""Bluetooth addresses out of sentences: they identify a device for ever and stay here. Pure."""

import re

HIDDEN = "(address)"
_SIG_BASE = "0000-1000-8000-00805f9b34fb"  # names a characteristic, nobody's device
_ADDRESS = re.compile(
    r"(?:dev_)?(?<![0-9a-f])[0-9a-f]{2}(?:[:_-][0-9a-f]{2}){5}(?![0-9a-f])"  # Linux, Windows
    rf"|\b[0-9a-f]{{8}}-(?!{_SIG_BASE})(?:[0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}}\b",  # macOS
    re.IGNORECASE,
)


def hide_addresses(text: str) -> str:
    """The same sentence without an address in any form that bleak or a system writes."""
    return _ADDRESS.sub(HIDDEN, text)
