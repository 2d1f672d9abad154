"""From what came to words, by hand."""

from gateway.straps.diagnosis import Chart, Finding, Notebook, examine
from protocol.ble import uuids
from protocol.identifiers import BootId, StrapId
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason, LinkEvent
from protocol.moments import ReceivedAt

STRAP = StrapId("51ADA001")
ALL = (uuids.HEART_RATE_SERVICE, uuids.PMD_SERVICE)
FRAME = b"\x02" + bytes(8) + b"\x01" + bytes(6 * 36)  # 36 samples, as an H10 sends them


def chart(n_beats: int = 10, n_frames: int = 51, battery: bytes = b"\x5e") -> Chart:
    made = Chart(reads={uuids.BATTERY_LEVEL: battery, uuids.FIRMWARE_REVISION: b"5.0.0\x00"})
    if n_beats:
        beats = [(n * 10**9, b"\x00\x48") for n in range(n_beats)]
        made.values[uuids.HEART_RATE_MEASUREMENT] = beats
    if n_frames:
        made.values[uuids.PMD_DATA] = [(n * 180_000_000, FRAME) for n in range(n_frames)]
    return made


def find(found: Chart, services: tuple[str, ...] = ALL) -> Finding:
    return examine(STRAP, "Polar H10 51ADA001", -60, services, found)


def test_a_healthy_strap() -> None:
    finding = find(chart())
    assert finding.verdict == ["heart rate arrives", "acceleration arrives at 200 Hz"]
    assert finding.about == {"firmware": "5.0.0"}
    assert (finding.battery_pct, finding.pairing) == (94, "not needed")


def test_what_to_mend_is_said() -> None:
    assert find(chart(n_beats=0)).verdict[0].startswith("no heart rate: moisten")
    assert "can take 30 s" in find(chart(n_frames=0)).verdict[1]
    assert find(chart(battery=b"\x06")).verdict[2] == "battery at 6 %: change the cell"
    assert find(chart(), (uuids.HEART_RATE_SERVICE,)).verdict[1] == "it sends no acceleration"
    assert find(Chart(), ()).verdict == [
        "no link: it was heard, but not long enough to connect; try more --seconds"
    ]


def test_the_links_own_words_are_passed_on() -> None:
    notebook = Notebook()
    now = ReceivedAt(BootId("b"), 1, 2)
    event = LinkEvent("refused", detail="it asks for pairing and pairing didn't work")
    notebook.record(STRAP, LINK_CHARACTERISTIC, now, encode_link_event(event))
    notebook.record(STRAP, "read/2a19", now, b"\x50")
    notebook.record(STRAP, uuids.HEART_RATE_MEASUREMENT, now, b"\x00\x48")
    notebook.declare_gap(STRAP, GapReason.LINK_LOST, now, now)
    finding = find(notebook.charts[STRAP], ())
    assert finding.pairing == "asked for"
    assert "it asks for pairing" in finding.verdict[0]
    assert finding.delivered[0].per_s is None


def test_bytes_that_cannot_be_read_are_said_to_be_unreadable() -> None:
    broken = Chart(reads={uuids.MODEL_NUMBER: b"\xff\xfe", uuids.BATTERY_LEVEL: b""})
    finding = find(broken)
    assert finding.about == {"model": "unreadable: fffe"}
    assert finding.battery_pct is None
