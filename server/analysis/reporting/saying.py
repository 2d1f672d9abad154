"""The study says something itself for an item: only for one that there is."""

from server.analysis.reporting.shipped import require_item
from server.db.database import Database
from server.study.reporting_sentences import NewSentence, OwnSentence, append_sentence


def say_sentence(database: Database, new: NewSentence, recorded_by: str) -> OwnSentence:
    """Append it. Raises NotFoundError, RuleError or ConflictError, and stores nothing then."""
    require_item(new.item)
    with database.writing() as connection:
        return append_sentence(connection, new, recorded_by)
