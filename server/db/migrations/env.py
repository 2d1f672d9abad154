"""Runs migrations on the connection that server.db.migrate hands over; opens none itself."""

from alembic import context

from server.db.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,  # SQLite's DDL is transactional when we begin the transaction
)
context.run_migrations()
