"""What the status page tells, as plain values; and the banners a person must not miss. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from gateway.health import Vitals, choose_lamp
from gateway.journal.disk_alarm import DiskAlarm, describe_disk
from gateway.journal.group_commit import CommitCounts
from gateway.journal.keeping import KeepingState
from gateway.journal.retention import RETENTION_H
from gateway.journal.shedding import Keep
from gateway.journal.store import JournalState
from gateway.straps.strap_status import StrapStatus
from gateway.straps.tally import total
from gateway.uplink.delivery_state import Delivery
from gateway.uplink.reports import UplinkCounts
from protocol.identifiers import GatewayId, StrapId
from protocol.messages.uplink import CONFLICT, GapReason, RadioReport


@dataclass(frozen=True, slots=True)
class GatewayFacts:
    """Everything that the page is made of, taken at one moment."""

    gateway: GatewayId | None
    now_ns: int
    wall_ns: int
    journal: JournalState
    keeping: KeepingState
    commits: CommitCounts
    n_uncommitted: int
    delivery: Delivery | None
    uplink: UplinkCounts
    straps: Sequence[StrapStatus]
    vitals: Mapping[StrapId, Vitals]
    damaged_files: Sequence[str]
    radio: RadioReport
    radio_trouble: str | None = None
    roster_trouble: str | None = None


def compose_status(facts: GatewayFacts) -> dict[str, Any]:
    """The document behind /status.json."""
    journal, keeping, uplink = facts.journal, facts.keeping, facts.uplink
    return {
        "gateway": facts.gateway,
        "banners": [{"colour": colour, "text": text} for colour, text in find_banners(facts)],
        "journal": {
            "epoch": journal.epoch,
            "next_seq": journal.next_seq,
            "acknowledged": journal.acknowledged,
            "n_waiting": journal.next_seq - 1 - journal.acknowledged,
            "n_uncommitted": facts.n_uncommitted,
            "n_entries": journal.n_entries,
            "reaches_back_s": _age_s(facts.wall_ns, journal.oldest_wall_ns),
            "n_quarantined": journal.n_quarantined,
            "n_commits": facts.commits.n_commits,
            "longest_wait_ms": round(facts.commits.longest_wait_ms, 1),
            "settings": journal.settings,
            "damaged_files": list(facts.damaged_files),
        },
        "disk": {
            "keeping": keeping.level.name.lower(),
            "used_pct": round(keeping.used_fraction * 100, 1),
            "alarm_level": int(keeping.alarm),
            "has_ballast": keeping.has_ballast,
            "is_retention_shortened": keeping.is_shortened,
            "n_kept": keeping.n_kept,
            "n_dropped": keeping.n_dropped,
        },
        "radio": msgspec.to_builtins(facts.radio),
        "gaps": count_gaps(facts),
        "uplink": {
            "n_batches": uplink.n_batches,
            "n_entries": uplink.n_entries,
            "n_bytes": uplink.n_bytes,
            "n_failures": uplink.n_failures,
            "n_epochs": uplink.n_epochs,
            "last_success_age_s": _age_s(facts.now_ns, uplink.last_success_ns),
            "trouble": uplink.trouble,
            "report": uplink.report,
        },
        "straps": [_describe_strap(strap, facts) for strap in facts.straps],
    }


def count_gaps(facts: GatewayFacts) -> dict[str, int]:
    """Gaps written since the start, by reason; every reason is named."""
    counts = {reason.value: facts.keeping.gaps.get(reason, 0) for reason in GapReason}
    counts[GapReason.QUARANTINED] += facts.uplink.n_quarantined
    counts[GapReason.SERVER_LOST] += facts.uplink.n_lost
    counts[GapReason.JOURNAL_DAMAGED] += facts.journal.n_damaged
    return counts


def find_banners(facts: GatewayFacts) -> list[tuple[str, str]]:
    """(colour, sentence), the gravest first."""
    red = [
        f"The journal {name} was damaged and is kept as it is. Run 'doseline-gateway journal "
        "salvage' and tell whoever looks after the data."
        for name in facts.damaged_files
    ]
    amber: list[str] = []
    if facts.keeping.alarm > DiskAlarm.NONE:
        disk = describe_disk(facts.keeping.alarm, facts.keeping.used_fraction)
        (red if facts.keeping.alarm is DiskAlarm.RED else amber).append(disk)
    if facts.keeping.is_shortened:
        amber.append(
            f"What the server has is kept here for less than {RETENTION_H} hours: "
            "the disk fills up. Free some space, or a server restored from an older backup gets "
            "less of it again."
        )
    if facts.keeping.level < Keep.EVERYTHING:
        words = facts.keeping.level.name.lower().replace("_", " ")
        red.append(f"Too little room on the disk: keeping {words}. Each loss is declared.")
    if facts.delivery is not None and facts.delivery.credential_refused:
        red.append(
            f"The server refuses this gateway's token. Nothing is lost. {facts.uplink.trouble}"
        )
    elif facts.uplink.trouble is not None:
        amber.append(f"The server doesn't take data now; it is kept here. {facts.uplink.trouble}")
    if facts.radio_trouble is not None:
        red.append(f"No strap can be reached. {facts.radio_trouble}")
    if facts.roster_trouble is not None and facts.uplink.trouble is None:
        amber.append(f"The roster can't be fetched; the last one stays. {facts.roster_trouble}")
    amber += [
        f"Strap {strap.label or strap.strap}: {strap.last_error}. Look which one is worn."
        for strap in facts.straps
        if strap.last_error is not None and strap.last_error.startswith(CONFLICT)
    ]
    if facts.uplink.report is not None:
        amber.append(f"Look at this after the session: {facts.uplink.report}")
    return [("red", text) for text in red] + [("amber", text) for text in amber]


def _describe_strap(strap: StrapStatus, facts: GatewayFacts) -> dict[str, Any]:
    vitals = facts.vitals.get(strap.strap, Vitals())
    agreed = strap.heart_rate_agreed
    lamp = choose_lamp(strap.phase, vitals, facts.now_ns, heart_rate_agreed=agreed)
    return {
        "strap": strap.strap,
        "label": strap.label,
        "model": strap.model,
        "phase": strap.phase,
        "lamp": lamp.colour,
        "words": lamp.words,
        "stale": strap.stale,
        "bpm": vitals.bpm if lamp.colour == "green" else None,
        "heart_rate_age_s": _age_s(facts.now_ns, vitals.heart_rate_ns),
        "battery_pct": vitals.battery_pct if vitals.battery_pct is not None else strap.battery_pct,
        "rssi_dbm": strap.rssi_dbm,
        "n_notifications": total(strap.tally.kept),
        "n_undecodable": total(strap.tally.undecodable),
        "n_dropped": total(strap.tally.dropped),
        "notifications": strap.tally.kept,
        "undecodable": strap.tally.undecodable,
        "dropped": strap.tally.dropped,
        "frames": asdict(strap.frames),
        "last_error": strap.last_error,
    }


def _age_s(now_ns: int, then_ns: int | None) -> float | None:
    return None if then_ns is None else round((now_ns - then_ns) / 1e9, 1)
