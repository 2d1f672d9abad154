"""Who is at fault when the server refuses: one entry, or the server itself? Pure.

A batch is halved until one entry is left. After each refusal of that entry the server is sent a
control: an entry that it took before, or another one. Only a server that takes the control and
refuses the entry three times over finds the entry at fault. One that refuses the control as well
refuses everything, whatever its reason; it is waited for, and what it refused until then counts
for nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from gateway.journal.entries import Entry
from gateway.uplink.delivery_state import (
    Delivery,
    Hold,
    Outcome,
    PutBack,
    Quarantine,
    Sent,
    Wait,
    retry_s,
)
from protocol.messages.uplink import NotificationRecord

REFUSALS_BEFORE_QUARANTINE = 3


def refuse(state: Delivery, sent: Sent, chance: float) -> Outcome:
    """The server refused a batch for what is in it."""
    if sent.is_control:
        n_refused = state.controls_refused + 1
        return _hold(replace(state, refusals=0, controls_refused=n_refused), chance)
    if sent.n_entries > 1:
        suspect_until = max(state.suspect_until, sent.last_seq)
        half = replace(state, max_entries=sent.n_entries // 2, suspect_until=suspect_until)
        return replace(half, refusals=0), ()
    if sent.carries_gap:
        return _acquit(state, sent, chance)
    return replace(state, refusals=state.refusals + 1, needs_control=True), ()


def judge(state: Delivery, chance: float) -> Outcome:
    """The server took the control: the entry that it refused before it stands accused."""
    state = replace(state, needs_control=False, held=0)
    wait = Wait(retry_s(state.refusals, chance))
    if state.refusals < REFUSALS_BEFORE_QUARANTINE:
        return state, (wait,)
    seq = state.cursor + 1
    return replace(state, refusals=0, accused=seq), (Quarantine(seq), wait)


def choose_control(
    before: Sequence[Entry], after: Sequence[Entry], n_refused: int
) -> NotificationRecord | None:
    """What to send to see whether the server takes anything at all; None: an empty batch.

    First the newest of `before`, which went up already; after each one that was refused another,
    at last those `after` the entry in question: any of them may be at fault as well. Gaps show
    nothing, since a server may take gaps and no record.
    """
    others = [e for e in (*reversed(before), *after) if isinstance(e, NotificationRecord)]
    return others[n_refused % len(others)] if others else None


def _acquit(state: Delivery, sent: Sent, chance: float) -> Outcome:
    """If the gap in the place of an entry is refused as well, that entry wasn't at fault.

    A gap is never set aside.
    """
    held, told = _hold(replace(state, refusals=0, accused=None), chance)
    acquitted = (PutBack(sent.first_seq),) if state.accused == sent.first_seq else ()
    return held, (*acquitted, *told)


def _hold(state: Delivery, chance: float) -> Outcome:
    """Nothing is taken now: wait longer and longer, tell it once."""
    held = replace(state, held=state.held + 1)
    wait = Wait(retry_s(REFUSALS_BEFORE_QUARANTINE + held.held, chance))
    return held, (Hold(), wait) if held.held == 1 else (wait,)
