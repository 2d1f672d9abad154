"""What somebody is in the study; what each may do is in server/web/policy.py."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """Roles of staff. Participants don't sign in."""

    ADMIN = "admin"
    TRAINER = "trainer"
    ASSISTANT = "assistant"
    RESEARCHER = "researcher"
    ASSESSOR = "assessor"
    LAB = "lab"
    STATISTICIAN = "statistician"
    MONITOR = "monitor"
    DATA_MANAGER = "data-manager"
    CLINICIAN = "clinician"  # physician of record: signs the study's limits


# They work on the tablet, so they have a PIN besides their password.
TABLET_ROLES: Final = frozenset({Role.TRAINER, Role.ASSISTANT})
# They copy what was written on a printed sheet (decision 0048).
COPYISTS: Final = frozenset({Role.TRAINER, Role.DATA_MANAGER})
