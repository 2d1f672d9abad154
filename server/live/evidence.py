"""Whether the heart rate that a strap sends comes from a heart. Pure."""

from dataclasses import dataclass, replace

from server.decoding.contact_limits import FLAT_BEATS_AFTER_S, FLAT_BEATS_AT_LEAST, NO_BEAT_AFTER_S
from server.live.events import HeartRateSeen
from server.live.moment import NS_PER_S

# ux: a strap in a pocket is told within 20 s; bpm of a moving person changes sooner than this.
FROZEN_BPM_AFTER_S = 15.0
# Lying and sitting give a mean absolute deviation below 30 mg (Vaha-Ypya 2015: cut at 22.5 mg
# for light activity); twice that is surely a moving body.
MOVING_MG = 50.0


@dataclass(frozen=True, slots=True)
class BeatEvidence:
    """What the heart rates so far say. Stamps are the gateway's monotonic nanoseconds."""

    first_ns: int
    newest_ns: int
    bpm: int
    contact: bool | None
    bpm_since_ns: int  # since when `bpm` has had this value
    beat_ns: int | None = None  # newest notification that brought a beat
    last_rr_ticks: int | None = None
    varied_ns: int | None = None  # newest notification whose intervals differed from the last
    same_beats: int = 0  # beats in a row with one and the same interval
    bpm_has_changed: bool = False


def start_evidence(seen: HeartRateSeen) -> BeatEvidence:
    """Evidence after the first heart rate of a connection."""
    now_ns = seen.received.monotonic_ns
    first = BeatEvidence(now_ns, now_ns, seen.bpm, seen.contact, now_ns)
    return weigh_heart_rate(first, seen)


def weigh_heart_rate(evidence: BeatEvidence, seen: HeartRateSeen) -> BeatEvidence:
    """Evidence after one more heart rate."""
    now_ns = seen.received.monotonic_ns
    changed = seen.bpm != evidence.bpm
    evidence = replace(
        evidence,
        newest_ns=now_ns,
        bpm=seen.bpm,
        contact=seen.contact,
        bpm_since_ns=now_ns if changed else evidence.bpm_since_ns,
        bpm_has_changed=evidence.bpm_has_changed or changed,
    )
    for ticks in seen.rr_ticks:
        evidence = _weigh_beat(evidence, ticks, now_ns)
    return evidence


def _weigh_beat(evidence: BeatEvidence, rr_ticks: int, now_ns: int) -> BeatEvidence:
    if rr_ticks == 0:  # legal on the wire, means "no data"
        return evidence
    same = rr_ticks == evidence.last_rr_ticks
    return replace(
        evidence,
        beat_ns=now_ns,
        last_rr_ticks=rr_ticks,
        same_beats=evidence.same_beats + 1 if same else 1,
        varied_ns=evidence.varied_ns if same else now_ns,
    )


def gives_a_clue(evidence: BeatEvidence) -> bool:
    """Whether this strap says anything by which contact can be judged."""
    return evidence.contact is not None or evidence.beat_ns is not None or evidence.bpm_has_changed


def is_doubtful(evidence: BeatEvidence, activity_mg: float | None) -> bool:
    """Whether the newest heart rate may come from no heart: contact lost, beats missing or flat.

    Judged at the newest heart rate's own stamp: a late radio is no lost contact.
    """
    if evidence.contact is False or evidence.bpm == 0:
        return True
    if _has_lasted(evidence, evidence.beat_ns, NO_BEAT_AFTER_S):
        return True
    return _is_flat(evidence) or _is_frozen(evidence, activity_mg)


def _has_lasted(evidence: BeatEvidence, since_ns: int | None, seconds: float) -> bool:
    return since_ns is not None and evidence.newest_ns - since_ns > seconds * NS_PER_S


def _is_flat(evidence: BeatEvidence) -> bool:
    return evidence.same_beats >= FLAT_BEATS_AT_LEAST and _has_lasted(
        evidence, evidence.varied_ns, FLAT_BEATS_AFTER_S
    )


def _is_frozen(evidence: BeatEvidence, activity_mg: float | None) -> bool:
    """A body that moves while its heart rate and its intervals stand still."""
    return (
        activity_mg is not None
        and activity_mg >= MOVING_MG
        and _has_lasted(evidence, evidence.bpm_since_ns, FROZEN_BPM_AFTER_S)
        and (
            evidence.varied_ns is None
            or _has_lasted(evidence, evidence.varied_ns, FROZEN_BPM_AFTER_S)
        )
    )
