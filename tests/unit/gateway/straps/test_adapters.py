"""Adapters from a folder that looks like Linux's."""

from pathlib import Path

from gateway.straps.adapters import count_adapters, read_adapters


def test_a_system_without_the_list_has_none(tmp_path: Path) -> None:
    assert read_adapters(tmp_path / "absent") == []
    assert count_adapters(tmp_path / "absent") is None  # not 0: that would be a claim


def test_makers_by_usb_vendor_and_by_driver(tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    (usb / "interface").mkdir(parents=True)
    (usb / "idVendor").write_text("0a12\n")
    driver = tmp_path / "hci_uart_bcm"
    serial = tmp_path / "serial"
    for folder in (driver, serial):
        folder.mkdir()
    (serial / "driver").symlink_to(driver)
    listed = tmp_path / "bluetooth"
    for name, device in (("hci0", usb / "interface"), ("hci1", serial)):
        (listed / name).mkdir(parents=True)
        (listed / name / "device").symlink_to(device)
    (listed / "hci0:64").mkdir()  # a link, not an adapter
    (listed / "hci2").mkdir()
    found = read_adapters(listed)
    assert [(radio.name, radio.maker, radio.places) for radio in found] == [
        ("hci0", "CSR", 5), ("hci1", "Broadcom", 7), ("hci2", None, None),
    ]  # fmt: skip
    assert count_adapters(listed) == 3


def test_a_list_without_an_adapter_says_that_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "hci0:64").mkdir()
    assert count_adapters(tmp_path) == 0
