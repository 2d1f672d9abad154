"""A played course against what the server keeps of it: every entry once, nobody climbs unseen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from firmware_sim.rehearsal.verdict.check import Check, none_of

Event = dict[str, Any]
SERVER_ADDS = {"n", "recorded_at", "recorded_by", "late", "erased"}  # to one that is read back
WRITTEN_BY_SERVER = "session_planned"
STEP_UP = "step_up"


@dataclass(frozen=True, slots=True)
class HeldSession:
    """One evening: what was sent, what the server keeps, and what had been prescribed.

    `counts` are the server's own; `decisions` by (participant, station's exercise).
    """

    ordinal: int
    sent: Sequence[Event]
    kept: Sequence[Event]
    again: Mapping[str, int]  # results when all of it was posted a second time
    state: str  # as the list of sessions tells it
    counts: Mapping[str, int]
    decisions: Mapping[tuple[str, str], Event] = field(default_factory=dict)


def check_ledger(held: Sequence[HeldSession], n_sessions: int) -> list[Check]:
    """The checks of a course of `n_sessions`."""
    numbers = [one.ordinal for one in held if one.state == "closed"]
    missing = sorted(set(range(1, n_sessions + 1)) - set(numbers))
    conflicts = [one for one in held if one.counts["conflicts"]]
    return [
        none_of("every session was held and closed", missing, str, f"{len(numbers)} closed"),
        _check_entries(held),
        _check_repeating(held),
        none_of("nobody disagrees with herself", conflicts, _name, "no conflict"),
        _check_climbing(held),
    ]


def describe_course(held: Sequence[HeldSession]) -> dict[str, Any]:
    """Its figures, all of them simulated."""
    total: Counter[str] = Counter()
    for one in held:
        total.update(one.counts)
    done = ("observed", "sensor", "self_report")
    delivered = sum(total[name] for name in (*done, "assumed"))
    rules = Counter(str(told["rule"]) for one in held for told in one.decisions.values())
    asked = total["rpe_given"] + total["rpe_missing"]
    return {
        "sessions": len(held),
        "entries": sum(len(one.sent) for one in held),
        "observed_share": round(sum(total[name] for name in done) / max(1, delivered), 3),
        "substitutions": sum(e["kind"] == "substitution" for one in held for e in one.sent),
        "rpe_given_share": round(total["rpe_given"] / max(1, asked), 3),
        "counts": dict(total),
        "rules": dict(rules.most_common()),
    }


def _check_entries(held: Sequence[HeldSession]) -> Check:
    """As sets of ids, and each as it was written: no entry is lost, doubled, changed, anyone's."""
    wrong = []
    for one in held:
        kept = [event for event in one.kept if event["kind"] != WRITTEN_BY_SERVER]
        read = [{k: v for k, v in event.items() if k not in SERVER_ADDS} for event in kept]
        by_id = {event["id"]: event for event in read}
        sent = {event["id"]: event for event in one.sent}
        wrong += [i for i in sent.keys() | by_id.keys() if sent.get(i) != by_id.get(i)]
        wrong += [i for i, n in Counter(event["id"] for event in read).items() if n > 1]
    n = sum(len(one.sent) for one in held)
    return none_of("every entry is kept once, as written", wrong, str, f"{n} entries")


def _check_repeating(held: Sequence[HeldSession]) -> Check:
    wrong = [one for one in held if dict(one.again) != {"known": len(one.sent)}]
    return none_of("the same entries again change nothing", wrong, _name, "all were known")


def _check_climbing(held: Sequence[HeldSession]) -> Check:
    """Each step up rests on a set of hers that somebody saw, with good form, at an earlier date."""
    seen: set[tuple[str, str]] = set()
    unseen, n_up = [], 0
    for one in sorted(held, key=lambda each: each.ordinal):
        for (code, _station), told in one.decisions.items():
            if told["decision"] == STEP_UP and told["rule"] != "plan_step":
                n_up += 1
                base = {(code, name) for name in (told["exercise"], told.get("from"))}
                if not base & seen:
                    unseen.append((one.ordinal, code, told["exercise"]))
        seen |= {key for event in one.sent if (key := _find_seen(event))}
    return none_of("nobody climbs unseen", unseen, str, f"{n_up} steps up, each on seen sets")


def _find_seen(event: Event) -> tuple[str, str] | None:
    value = event["value"]
    if event["kind"] != "set" or value is None or value["technique"] != "good":
        return None
    return event["about"].partition("/")[0], value["exercise"]


def _name(one: HeldSession) -> str:
    return f"session {one.ordinal}"
