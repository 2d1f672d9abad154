"""No secret of a database address is shown, wherever in it the secret stands."""

import pytest
from sqlalchemy.engine import make_url

from server.db.masking import mask_url


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:hunter2@h/d",
        "postgresql://u@h/d?password=hunter2",
        "postgresql://u@h/d?passfile=hunter2&application_name=a",
        "postgresql://u@h/d?sslpassword=hunter2",
        "postgresql://u@h/d?password=hunter2&password=hunter2",
    ],
)
def test_a_secret_is_masked(address: str) -> None:
    assert "hunter2" not in mask_url(make_url(address))


def test_the_rest_is_shown_as_it_is() -> None:
    address = "postgresql://u@h:5433/d?application_name=a"
    assert mask_url(make_url(address)) == address
