"""What is derived of a study, for a command on it."""

import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from server.commands.study_arguments import read_study_settings
from server.db.database import Database
from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.projection.up_to_date import UpToDate, work_out


@contextmanager
def bring_up_to_date(arguments: Namespace, study: Database) -> Iterator[UpToDate]:
    """Once everything new was worked out."""
    with open_derived(read_study_settings(arguments).data) as derived:
        yield work_out(derived, Projector(study, derived, time.time_ns).project_new)
