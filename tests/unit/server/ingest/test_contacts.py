"""The smallest difference between two clocks counts, of the last minute."""

import msgspec

from protocol.messages.uplink import RadioReport, SentAt, UplinkBatch
from server.ingest.contacts import Contacts
from tests.unit.server.batches import GATEWAY, WALL_NS, batch, record

S = 1_000_000_000


def _sent(boot_id: str, monotonic_ns: int, wall_ns: int = WALL_NS) -> UplinkBatch:
    return batch([record(1)], sent=SentAt(boot_id, monotonic_ns, wall_ns))


def test_the_upload_with_the_least_delay_sets_the_offset() -> None:
    contacts = Contacts()
    contacts.note(_sent("b1", 100), monotonic_ns=1_150, wall_ns=WALL_NS + 50)
    contacts.note(_sent("b1", 200), monotonic_ns=1_210, wall_ns=WALL_NS + 10)
    contacts.note(_sent("b1", 300), monotonic_ns=1_390, wall_ns=WALL_NS + 90)
    (contact,) = contacts.all()
    assert (contact.gateway, contact.boot_id) == (GATEWAY, "b1")
    assert contact.offset_ns == 1_010
    assert contact.wall_offset_ns == 10
    assert contact.heard_monotonic_ns == 1_390


def test_a_new_boot_begins_anew() -> None:
    contacts = Contacts()
    contacts.note(_sent("b1", 1_000), monotonic_ns=1_001, wall_ns=WALL_NS)
    contacts.note(_sent("b2", 5), monotonic_ns=2_000, wall_ns=WALL_NS)
    assert contacts.all()[0].offset_ns == 1_995


def test_d3_a_gateway_clock_that_runs_slow_makes_no_value_old() -> None:
    """50 ppm slow for three days: 13 s in all, 3 ms within the minute that counts."""
    contacts = Contacts()
    for minute in range(3 * 24 * 60):
        true_ns = minute * 60 * S
        drift_ns = true_ns // 20_000
        sent = _sent("b1", true_ns - drift_ns, WALL_NS + true_ns - drift_ns)
        contacts.note(sent, monotonic_ns=true_ns, wall_ns=WALL_NS + true_ns)
    (contact,) = contacts.all()
    assert drift_ns > 12 * S
    assert drift_ns - contact.offset_ns < 5_000_000
    assert drift_ns - contact.wall_offset_ns < 5_000_000


def test_d3_a_gateway_that_slept_is_aged_aright_after_a_minute() -> None:
    contacts = Contacts()
    contacts.note(_sent("b1", 0), monotonic_ns=0, wall_ns=WALL_NS)
    for second in range(3600, 3661):
        contacts.note(_sent("b1", (second - 3599) * S), second * S, WALL_NS)
    assert contacts.all()[0].offset_ns == 3599 * S


def test_without_sent_the_newest_record_stands_for_the_wall_clock() -> None:
    contacts = Contacts()
    newest = record(2)
    contacts.note(batch([record(1), newest]), monotonic_ns=7, wall_ns=newest.wall_ns + 400)
    contacts.note(batch([record(1)]), monotonic_ns=8, wall_ns=record(1).wall_ns + 900)
    contacts.note(batch([]), monotonic_ns=9, wall_ns=0)
    (contact,) = contacts.all()
    assert contact.boot_id is None
    assert contact.wall_offset_ns == 400
    assert contact.heard_monotonic_ns == 9


def test_gateways_come_in_the_order_of_their_names() -> None:
    contacts = Contacts()
    for name in ("b", "a"):
        other = msgspec.structs.replace(_sent("b1", 1), gateway=name)
        contacts.note(other, monotonic_ns=1, wall_ns=1)
    assert [contact.gateway for contact in contacts.all()] == ["a", "b"]


def test_what_a_gateway_said_of_its_radio_last_stands_until_it_starts_anew() -> None:
    contacts = Contacts()
    radio = RadioReport(scans=True, n_adapters=1, n_streaming=7, most_streaming=15, acc_rate_hz=50)
    contacts.note(msgspec.structs.replace(_sent("b1", 1), radio=radio), 1, WALL_NS)
    contacts.note(_sent("b1", 2), 2, WALL_NS)  # of an older journal that it hands over
    assert contacts.all()[0].radio == radio
    contacts.note(_sent("b2", 3), 3, WALL_NS)
    assert contacts.all()[0].radio is None


def test_a_radio_report_that_cant_be_read_ends_the_one_before() -> None:
    contacts = Contacts()
    radio = RadioReport(scans=True, n_streaming=7, most_streaming=15)
    contacts.note(msgspec.structs.replace(_sent("b1", 1), radio=radio), 1, WALL_NS)
    contacts.note(_sent("b1", 2), 2, WALL_NS, is_radio_known=False)
    assert contacts.all()[0].radio is None
