"""How finely each dataset told what may tell who somebody is: the next one tells no more."""

from alembic import op

revision = "0020"
down_revision = "0019"

_UNNOTED = "handed_out: what goes out in bands needs its levels"


def upgrade() -> None:
    op.execute("ALTER TABLE handed_out ADD COLUMN levels TEXT")
    _require_levels()


def _require_levels() -> None:
    """Of rows from now on: of those before nobody knows."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER handed_out_refuses_without_levels BEFORE INSERT ON handed_out "
            "WHEN NEW.levels IS NULL AND instr(NEW.approved, 'exact_values') = 0 "
            f"BEGIN SELECT RAISE(ABORT, '{_UNNOTED}'); END"
        )
        return
    op.execute(
        "ALTER TABLE handed_out ADD CONSTRAINT ck_handed_out_levels"
        " CHECK (levels IS NOT NULL OR strpos(approved, 'exact_values') > 0) NOT VALID"
    )


def downgrade() -> None:
    """Going back would delete what recipients were told."""
    message = "what was told can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
