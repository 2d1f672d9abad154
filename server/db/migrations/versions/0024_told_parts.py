"""Which half of the study each dataset held: the other one isn't given to the same recipient."""

from alembic import op

revision = "0024"
down_revision = "0023"

_UNNOTED = "handed_out: a dataset needs the part that it holds"


def upgrade() -> None:
    op.execute("ALTER TABLE handed_out ADD COLUMN part TEXT")
    _require_parts()


def _require_parts() -> None:
    """Of rows from now on: those before held both halves."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER handed_out_refuses_without_part BEFORE INSERT ON handed_out "
            f"WHEN NEW.part IS NULL BEGIN SELECT RAISE(ABORT, '{_UNNOTED}'); END"
        )
        return
    op.execute(
        "ALTER TABLE handed_out ADD CONSTRAINT ck_handed_out_part"
        " CHECK (part IS NOT NULL) NOT VALID"
    )


def downgrade() -> None:
    """Going back would delete what recipients were told."""
    message = "what was told can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
