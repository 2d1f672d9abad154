"""What a live page that keeps up must show."""

from collections.abc import Sequence

from firmware_sim.rehearsal.verdict.evidence import SentValue
from firmware_sim.rehearsal.verdict.latency import is_zero
from protocol.ble.uuids import HEART_RATE_MEASUREMENT


class NewestHeartRates:
    """When each strap sent its newest heart rate: kept as values come, none is looked at twice.

    A rate of zero shows nothing on the page and isn't waited for, as the verdict does.
    """

    def __init__(self) -> None:
        self._n_known = 0
        self._too_new: list[SentValue] = []
        self._newest_ns: dict[str, int] = {}

    def find(self, sent: Sequence[SentValue], until_ns: int) -> dict[str, int]:
        """Of up to this moment, which never goes back; `sent` only grows, in any order."""
        fresh = [value for value in sent[self._n_known :] if _counts(value)]
        self._n_known = len(sent)
        waiting, self._too_new = [*self._too_new, *fresh], []
        for value in waiting:
            at_ns = value.monotonic_ns
            if at_ns > until_ns:
                self._too_new.append(value)
            else:
                self._newest_ns[value.strap] = max(at_ns, self._newest_ns.get(value.strap, at_ns))
        return dict(self._newest_ns)


def _counts(value: SentValue) -> bool:
    return value.characteristic == HEART_RATE_MEASUREMENT and not is_zero(value)
