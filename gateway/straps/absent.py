"""A strap that a dead gateway recorded and that is off the roster now: the last word about it."""

from collections.abc import Mapping

from gateway.journal.heard import MEASURED
from gateway.straps.gaps import StrapGaps
from gateway.straps.site import Site
from gateway.straps.trail import LinkTrail
from protocol.identifiers import StrapId
from protocol.moments import ReceivedAt


def close_account(
    strap: StrapId, unclosed: Mapping[str, ReceivedAt], until: ReceivedAt, site: Site
) -> None:
    """Declare what died with that gateway; then the row with which its stamps go (record 0027)."""
    gaps = StrapGaps(MEASURED)
    gaps.resume(unclosed, until)
    for gap in gaps.stop(until):
        site.recorder.declare_gap(strap, gap.reason, gap.since, gap.until, gap.characteristic)
    LinkTrail(strap, site.recorder, site.clock).end()
