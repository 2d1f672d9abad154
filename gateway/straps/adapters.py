"""Which Bluetooth adapters this machine has, as Linux lists them."""

from pathlib import Path

from gateway.straps.capacity import Radio

SYSFS = Path("/sys/class/bluetooth")
# USB vendor numbers (usb.ids) of the chips whose places are known; serial chips name their driver.
_USB_MAKERS = {"0a12": "CSR", "0a5c": "Broadcom"}
_DRIVER_MAKERS = {"hci_uart_bcm": "Broadcom", "hci_bcm": "Broadcom", "btbcm": "Broadcom"}


def read_adapters(sysfs: Path = SYSFS) -> list[Radio]:
    """All adapters, in the order of their names; none where the system has no such list."""
    if not sysfs.is_dir():
        return []
    names = sorted(path.name for path in sysfs.iterdir() if ":" not in path.name)
    return [Radio(name, _read_maker(sysfs / name / "device")) for name in names]


def count_adapters(sysfs: Path = SYSFS) -> int | None:
    """How many; None where the system has no such list, which says nothing about adapters."""
    try:
        return sum(":" not in path.name for path in sysfs.iterdir())
    except OSError:
        return None


def _read_maker(device: Path) -> str | None:
    for folder in (device, device / ".."):
        try:
            vendor = (folder / "idVendor").read_text(encoding="ascii").strip().lower()
        except (OSError, UnicodeDecodeError):
            continue
        return _USB_MAKERS.get(vendor, f"USB vendor {vendor}")
    try:
        return _DRIVER_MAKERS.get((device / "driver").resolve(strict=True).name)
    except OSError:
        return None
