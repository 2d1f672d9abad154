"""What a link is for: the streams that its wearer agreed to, at the site's rate."""

from gateway.straps.models import profile_for
from gateway.straps.phases import LinkPlan
from protocol.identifiers import StrapId
from protocol.messages.roster import ConsentedStream, RosterStrap


def plan_link(strap: StrapId, entry: RosterStrap, acc_rate_hz: int) -> LinkPlan:
    """For a strap as the roster has it."""
    profile = profile_for(entry.model)
    return LinkPlan(
        serial=strap,
        heart_rate=ConsentedStream.HEART_RATE in entry.streams,
        movement=ConsentedStream.MOVEMENT in entry.streams,
        rate_hz=acc_rate_hz,
        spacing_ns=profile.frame_spacing_ns(acc_rate_hz),
        tells_serial=profile.tells_serial,
    )
