"""`doseline-sim trial`: a whole simulated trial as a data directory of the server."""

import argparse
import sys
from pathlib import Path

from firmware_sim.commands.out_folder import prepare_folder
from firmware_sim.commands.progress import make_progress
from firmware_sim.errors import SimulatorError
from firmware_sim.rehearsal.interruption import run_interruptibly
from firmware_sim.rehearsal.trainer import read_trainer
from firmware_sim.rehearsal.trial_making import TRUTH, TrialMaking
from firmware_sim.rehearsal.trial_shape import (
    LEAST_PARTICIPANTS,
    MOST_PARTICIPANTS,
    N_SESSIONS,
    TrialShape,
)
from firmware_sim.trial.blood.model import Blood

MARK = "SIMULATED.txt"
MARK_SAYS = "Made by 'doseline-sim trial': SIMULATED data only. This folder may be deleted.\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How large, and where to."""
    parser.add_argument("--seed", type=int, default=1, help="of all chance (default: 1)")
    parser.add_argument(
        "--participants",
        type=int,
        default=MOST_PARTICIPANTS,
        help=f"in two arms, at most {MOST_PARTICIPANTS} (default: {MOST_PARTICIPANTS})",
    )
    parser.add_argument(
        "--sessions",
        type=int,
        default=N_SESSIONS,
        help=f"how many of the plan's {N_SESSIONS} are held (default: all)",
    )
    parser.add_argument(
        "--blood",
        type=Blood,
        choices=list(Blood),
        default=Blood.EFFECT,
        help="effect: the study's BDNF and GDNF, and a slope of BDNF on dose; none: neither group,"
        " time nor dose changes anything (default: effect)",
    )
    parser.add_argument("--out", type=Path, required=True, help="a new or empty folder")


def run(arguments: argparse.Namespace) -> int:
    """Make it; 0. Raises SimulatorError."""
    _check("--participants", arguments.participants, LEAST_PARTICIPANTS, MOST_PARTICIPANTS)
    _check("--sessions", arguments.sessions, 1, N_SESSIONS)
    folder = prepare_folder(arguments.out)
    (folder / MARK).write_text(MARK_SAYS, encoding="utf-8")
    shape = TrialShape(
        arguments.seed, arguments.participants, arguments.sessions, blood=arguments.blood
    )
    say = make_progress()
    run_interruptibly(TrialMaking(folder, shape).run(say))
    say("")
    sys.stdout.write(describe(shape, folder))
    return 0


def describe(shape: TrialShape, folder: Path) -> str:
    """What was made and how to look at it."""
    trainer = read_trainer(folder)
    return f"""\
SIMULATED: {shape.n_participants} participants in two arms, {shape.n_sessions} sessions, \
acceleration of session {shape.acceleration_on}, blood with \
{"the study's effect" if shape.blood is Blood.EFFECT else "no effect at all"}.

  open it      doseline-server serve --data {folder}
  sign in as   {trainer.name}, PIN {trainer.pin}
  its truth    {folder / TRUTH}

Dose is worked out when somebody looks at it, or by doseline-server rebuild --data {folder}
"""


def _check(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise SimulatorError(f"{name} {value}: from {least} to {most}")
