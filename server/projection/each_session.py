"""Sessions one after the other: what goes wrong in one of them costs no other its dose."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from server.errors import SessionsFailedError

log = logging.getLogger(__name__)


def project_each(lines: Iterable[Mapping[str, Any]], project: Callable[[Any], bool]) -> list[str]:
    """Ids of the sessions that `project` built. Raises SessionsFailedError once all had their turn.

    Whatever one session raises is logged with its id.
    """
    built, failed = list[str](), list[str]()
    for line in lines:
        try:
            is_built = project(line)
        except Exception:
            log.exception("working out dose of session %s failed", line["id"])
            failed.append(line["id"])
            continue
        if is_built:
            built.append(line["id"])
    if failed:
        raise SessionsFailedError(failed)
    return built
