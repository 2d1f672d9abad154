"""Roles in the words of people."""

from server.people.roles import Role
from server.web.catalogue.spoken import t


def describe_role(role: Role) -> str:
    """The role's name in the language of whoever asks."""
    words = {
        Role.ADMIN: t("administrator"),
        Role.TRAINER: t("trainer"),
        Role.ASSISTANT: t("assistant"),
        Role.RESEARCHER: t("researcher"),
        Role.ASSESSOR: t("assessor"),
        Role.LAB: t("laboratory"),
        Role.STATISTICIAN: t("statistician"),
        Role.MONITOR: t("monitor"),
        Role.DATA_MANAGER: t("data manager"),
        Role.CLINICIAN: t("clinician"),
    }
    return words[role]
