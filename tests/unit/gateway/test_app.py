"""What keeps the gateway's parts running."""

from gateway.app import supervise
from gateway.errors import JournalBusyError


async def test_a_journal_that_is_busy_is_no_reason_to_end_the_process() -> None:
    """Goes red (the whole process ends with 3) if busy is taken for broken."""
    troubles = [JournalBusyError("held"), JournalBusyError("held")]

    async def part() -> None:
        if troubles:
            raise troubles.pop()

    await supervise("uplink", part, restart_after_s=0)
    assert troubles == []
