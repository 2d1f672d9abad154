"""Groups of roles that pages and routes are open to, with why: `policy.py` says which to whom."""

from typing import Final

from server.people.roles import COPYISTS, TABLET_ROLES, Role

EVERYBODY: Final = frozenset(Role)
TRAINERS: Final = frozenset({Role.TRAINER})
TABLET_STAFF: Final = TABLET_ROLES
LABELLERS: Final = frozenset({Role.ADMIN, Role.TRAINER, Role.RESEARCHER})
ADMINS: Final = frozenset({Role.ADMIN})
CLINICIANS: Final = frozenset({Role.CLINICIAN})
# Not those who must not know who trains: assessor, laboratory, statistician (blinding).
WATCHERS: Final = frozenset(
    {
        Role.ADMIN,
        Role.TRAINER,
        Role.ASSISTANT,
        Role.RESEARCHER,
        Role.MONITOR,
        Role.DATA_MANAGER,
    }
)

# The numbers of everybody who trains: an assistant doesn't need them to help in the room.
DOSE_READERS: Final = WATCHERS - {Role.ASSISTANT}
# Who was there, or answers for the data; a monitor and whoever runs the server only read.
QUALITY_DECIDERS: Final = frozenset({Role.TRAINER, Role.RESEARCHER, Role.DATA_MANAGER})
# Whoever may write down who wore a strap (server/sessions/granting.py) may correct it afterwards.
STRAP_CORRECTORS: Final = frozenset({Role.TRAINER, Role.RESEARCHER})
# A sheet of paper says who trains and what is prescribed: for those who work in the room or answer
# for its data. Nobody who is blinded, and no one who only reads numbers.
SHEET_PRINTERS: Final = frozenset(
    {Role.TRAINER, Role.ASSISTANT, Role.RESEARCHER, Role.DATA_MANAGER}
)
# Copying needs no judgement of what happened, so it may be a data manager's work as well.
SHEET_COPYISTS: Final = COPYISTS
# Which of two entries holds only somebody can say who was in the room: a trainer.
DISPUTE_DECIDERS: Final = TRAINERS
# A dataset tells arms and doses of all: for those who answer for the study and know them anyway.
EXPORTERS: Final = frozenset({Role.RESEARCHER, Role.DATA_MANAGER})
EXPORT_WATCHERS: Final = EXPORTERS | {Role.MONITOR}
# Who analyses, and who answers for it. A statistician is blinded until the lock: what her role must
# not know she isn't shown (server/analysis/runs/run.py). Whoever runs the server needs no result.
ANALYSIS_READERS: Final = EXPORT_WATCHERS | {Role.STATISTICIAN}
# The plan is theirs, and so is the run; whoever keeps the data doesn't choose what they are asked.
ANALYSTS: Final = frozenset({Role.RESEARCHER, Role.STATISTICIAN})
# Who answers for the data says that they are complete; she who analyses them doesn't decide when.
LOCKERS: Final = EXPORTERS
# Numbers by arm and sentences that could say anything: for those who know who trains, and whose
# work isn't to train, measure or analyse them.
REPORTING_READERS: Final = EXPORT_WATCHERS | {Role.ADMIN}
REPORTING_WRITERS: Final = frozenset({Role.ADMIN, Role.RESEARCHER})

# Whose hands a card is given by, and who ends what it opened.
CARD_MAKERS: Final = frozenset({Role.ADMIN, Role.TRAINER})
# Who keeps the tablets: a lost one is revoked at once, by whoever of them hears of it first.
TABLET_KEEPERS: Final = frozenset({Role.ADMIN, Role.TRAINER})
# The same question in both arms, so an answer tells nobody who trains.
NEXT_DAY_READERS: Final = frozenset(
    {Role.TRAINER, Role.RESEARCHER, Role.CLINICIAN, Role.MONITOR, Role.DATA_MANAGER}
)
NEXT_DAY_DECIDERS: Final = frozenset({Role.TRAINER, Role.RESEARCHER, Role.CLINICIAN})
