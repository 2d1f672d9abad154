"""One MetaData with named constraints, so that migrations can name what they change."""

from sqlalchemy import BigInteger, Integer, MetaData

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes a row id of INTEGER PRIMARY KEY only; PostgreSQL needs 64 bits spelt out.
RowId = BigInteger().with_variant(Integer(), "sqlite")
