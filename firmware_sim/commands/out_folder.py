"""A folder for evidence: a new or an empty one."""

from pathlib import Path

from firmware_sim.errors import SimulatorError


def prepare_folder(folder: Path) -> Path:
    """Make it; its absolute path. Raises SimulatorError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise SimulatorError(f"--out {folder} is not empty: name a new folder or empty it")
    except OSError as error:
        raise SimulatorError(f"--out {folder} can't be made: {error.strerror}") from error
    return folder.resolve()
