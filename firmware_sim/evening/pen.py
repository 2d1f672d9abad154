"""From drafts to the ledger's envelopes: ids, who wrote on which tablet, in which order."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from firmware_sim.evening.notebook import Draft
from protocol.ledger.instants import format_utc_ms
from protocol.ledger.uuid7 import RANDOM_BYTES, make_uuid7

REFERS_TO = "@"  # begins an `about` that is another draft's

Written = tuple[str, str]  # id, about


class Pen:
    """One tablet's hand over many sessions. The same seed writes the same ids again."""

    def __init__(self, device: str, actor: str, seed: int) -> None:
        self._device, self._actor = device, actor
        self._chance = Random(f"{seed} pen {device}")
        self._n_written = 0

    def write(
        self, drafts: Sequence[Draft], before: Mapping[str, Written] | None = None
    ) -> list[dict[str, Any]]:
        """The envelopes of one session's drafts; a draft may refer to an earlier one by label.

        `before`: labels of what was written of it some time ago.
        """
        known = dict(before or {})
        return [self._write_one(draft, known) for draft in drafts]

    def _write_one(self, draft: Draft, known: dict[str, Written]) -> dict[str, Any]:
        self._n_written += 1
        id_ = self._make_id(draft.at_ms)
        about = draft.about or self._make_id(draft.at_ms)  # a thing of its own
        if about.startswith(REFERS_TO):
            about = known[about.removeprefix(REFERS_TO)][1]
        if draft.label is not None:
            known[draft.label] = (id_, about)
        return {
            "id": id_,
            "kind": draft.kind,
            "about": about,
            "value": draft.value,
            "actor": self._actor,
            "device": self._device,
            "device_seq": self._n_written,
            "occurred_at": format_utc_ms(draft.at_ms),
            "clock_offset_ms": 0,
            "supersedes": known[draft.supersedes][0] if draft.supersedes else None,
            "reason": draft.reason,
        }

    def _make_id(self, at_ms: int) -> str:
        return make_uuid7(at_ms, self._chance.randbytes(RANDOM_BYTES))
