"""What is derived of a study, for a command on it."""

import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from server.commands.study_arguments import read_study_settings
from server.db.database import Database
from server.projection.opening import open_derived
from server.projection.projecting import Projector


@contextmanager
def bring_up_to_date(arguments: Namespace, study: Database) -> Iterator[Database]:
    """What is derived, once everything new was worked out."""
    with open_derived(read_study_settings(arguments).data) as derived:
        Projector(study, derived, time.time_ns).project_new()
        yield derived
