"""What can go wrong in the simulator."""


class SimulatorError(Exception):
    """Root; a command shows its sentence and exits with 2."""


class ScenarioError(SimulatorError):
    """A scenario, fault list or recording that can't be played: names file, place and mend."""


class RadioError(SimulatorError):
    """The virtual radio can't be opened or reached."""


class ProgramError(SimulatorError):
    """A program of the rehearsal didn't start or ended by itself; carries its last words."""
