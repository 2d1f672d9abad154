"""Serial numbers of simulated straps."""

SERIAL_PREFIX = "51ADA"  # everything that comes from such a serial is SIMULATED
MAX_SERIAL = 0xFFF


def make_serial(number: int) -> str:
    """51ADA001 for 1; at most `MAX_SERIAL`."""
    return f"{SERIAL_PREFIX}{number:03X}"
