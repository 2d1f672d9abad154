"""One gateway in good order, as its status page sees it."""

from dataclasses import replace

from gateway.health import Vitals
from gateway.journal.disk_alarm import DiskAlarm, judge_disk
from gateway.journal.group_commit import CommitCounts
from gateway.journal.keeping import KeepingState
from gateway.journal.store import JournalState
from gateway.status_view import GatewayFacts
from gateway.straps.strap_status import StrapStatus
from gateway.straps.tally import Kind, Tally
from gateway.uplink.delivery_state import Delivery
from gateway.uplink.reports import UplinkCounts
from protocol.identifiers import Epoch, GatewayId, StrapId
from protocol.messages.uplink import RadioReport

NOW_NS = 100 * 10**9
WALL_NS = 1_700_000_000 * 10**9
STRAP = StrapId("51ADA001")


def make_facts(label: str = "07") -> GatewayFacts:
    status = StrapStatus(
        strap=STRAP,
        model="h10",
        label=label,
        phase="streaming",
        stale=False,
        heart_rate_age_s=0.5,
        battery_pct=90,
        rssi_dbm=-60,
        last_error=None,
        tally=Tally(kept=dict.fromkeys(Kind, 0) | {Kind.HEART_RATE: 12}),
    )
    return GatewayFacts(
        gateway=GatewayId("gym"),
        now_ns=NOW_NS,
        wall_ns=WALL_NS,
        journal=JournalState(
            Epoch("e"), 31, 23, 30, 0, 0, {"synchronous": "3"}, WALL_NS - 9 * 10**12
        ),
        keeping=KeepingState(used_fraction=0.4),
        commits=CommitCounts(),
        n_uncommitted=0,
        delivery=Delivery(23),
        uplink=UplinkCounts(last_success_ns=NOW_NS - 10**9),
        straps=[status],
        vitals={STRAP: Vitals(bpm=74, contact=True, heart_rate_ns=NOW_NS - 10**9)},
        damaged_files=[],
        radio=RadioReport(
            scans=True, n_adapters=None, n_streaming=1, most_streaming=15, acc_rate_hz=200
        ),
    )


def with_disk(facts: GatewayFacts, used_fraction: float) -> GatewayFacts:
    alarm = judge_disk(used_fraction, DiskAlarm.NONE)
    return replace(facts, keeping=replace(facts.keeping, used_fraction=used_fraction, alarm=alarm))
