"""A database address as it may be shown: whoever reads it can't sign in with it."""

from typing import Final

from sqlalchemy.engine import URL

# libpq takes these in the query, too.
_SECRET_PARAMETERS: Final = ("password", "passfile", "sslpassword")


def mask_url(url: URL) -> str:
    """The address with `***` in place of each secret."""
    masked = {name: "***" for name in _SECRET_PARAMETERS if name in url.query}
    return url.update_query_dict(masked).render_as_string(hide_password=True)
