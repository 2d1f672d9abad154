"""One of a trial's gateways: the straps that it hears, and its line to the server."""

from dataclasses import dataclass

from firmware_sim.rehearsal.strap_uploads import StrapUploads
from firmware_sim.trial.gateway_log import Numbering
from firmware_sim.trial.simulated_evening import SimulatedEvening


@dataclass(frozen=True, slots=True)
class TrialGateway:
    """Its numbers go on from evening to evening."""

    numbering: Numbering
    uploads: StrapUploads
    straps: frozenset[str]

    async def send(self, evening: SimulatedEvening) -> int:
        """What it heard that evening; how many entries that is. Raises ProgramError."""
        rows = evening.log.of(self.straps)
        return await self.uploads.send(self.numbering.make_batches(rows, evening.boot))
