"""`/trust`, `/address` and `/self-test/`: who sees what, and what the plain listener keeps to."""

import plistlib
import ssl
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.certificates.fingerprint import group_fingerprint
from server.certificates.served import SecureAddress
from server.people.roles import Role
from server.storage import Storage
from server.web.address_view import view_address
from server.web.policy import POLICY
from server.web.trust_site import build_trust_site
from tests.certificates import make_address
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import make_study

NS_A_S = 1_000_000_000
CERTIFICATE_OF = "https://gym.local:8000"


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with make_study(tmp_path / "study").open() as opened:
        add_person(opened.database, "root", Role.ADMIN)
        yield opened


@pytest.fixture
def address(storage: Storage) -> SecureAddress:
    return make_address(storage.directory.path)


def visit(app: Starlette, base_url: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=base_url, headers=SAME_SITE)


@pytest.fixture
async def secure(storage: Storage, address: SecureAddress) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody on the network who isn't signed in."""
    async with visit(create_app(storage, address=address), CERTIFICATE_OF) as client:
        yield client


@pytest.fixture
async def plain(address: SecureAddress) -> AsyncIterator[httpx.AsyncClient]:
    """The same at the plain listener."""
    async with visit(build_trust_site(address), "http://192.168.1.20:8080") as client:
        yield client


@pytest.fixture(params=["secure", "plain"])
def client(
    request: pytest.FixtureRequest, secure: httpx.AsyncClient, plain: httpx.AsyncClient
) -> httpx.AsyncClient:
    return secure if request.param == "secure" else plain


async def test_the_page_shows_the_fingerprint_and_the_way_to_everybody(
    client: httpx.AsyncClient, address: SecureAddress
) -> None:
    answer = await client.get("/trust")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    for group in group_fingerprint(address.certificate.authority_der):
        assert f"<li>{group}</li>" in answer.text
    assert "https://gym.local:8000/self-test/" in answer.text
    assert answer.text.count('<ol class="steps">') == 4
    assert "set-cookie" not in answer.headers


async def test_the_authority_comes_in_the_form_that_each_system_takes(
    client: httpx.AsyncClient, address: SecureAddress
) -> None:
    der = address.certificate.authority_der
    as_der = await client.get("/trust/authority.crt")
    as_pem = await client.get("/trust/authority.pem")
    as_profile = await client.get("/trust/authority.mobileconfig")
    assert as_der.content == der
    assert ssl.PEM_cert_to_DER_cert(as_pem.text) == der
    assert plistlib.loads(as_profile.content)["PayloadContent"][0]["PayloadContent"] == der
    assert as_der.headers["content-type"] == "application/x-x509-ca-cert"
    assert as_profile.headers["content-type"] == "application/x-apple-aspen-config"
    for one in (as_der, as_pem, as_profile):
        assert b"PRIVATE" not in one.content


class Links(HTMLParser):
    """What a page loads or leads to on its own site."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {
            value for name, value in attrs if name in {"href", "src"} and value is not None
        }


async def test_the_plain_page_has_all_that_it_loads(plain: httpx.AsyncClient) -> None:
    links = Links()
    links.feed((await plain.get("/trust")).text)
    own = {one for one in links.found if one.startswith("/")}
    assert len(own) == 11
    assert {(await plain.get(one)).status_code for one in own} == {200}


async def test_the_plain_page_speaks_persian_in_its_own_letters(plain: httpx.AsyncClient) -> None:
    page = (await plain.get("/trust", headers={"Accept-Language": "fa"})).text
    assert 'lang="fa" dir="rtl"' in page
    for name in ("atkinson-next-latin", "vazirmatn-arabic"):
        font = await plain.get(f"/tablet/app/vendor/{name}.woff2")
        assert font.content[:4] == b"wOF2"


async def test_the_plain_listener_serves_nothing_else(plain: httpx.AsyncClient) -> None:
    """Every address of the server that isn't about trust, and a form of each kind."""
    about_trust = {path for _, path in POLICY if path == "/trust" or path.startswith("/trust/")}
    others = {path for _, path in POLICY} - about_trust - {"/"}
    assert len(others) > 50
    for path in sorted(others):
        answer = await plain.get(path.replace("{file:path}", "live.js"))
        assert answer.status_code == 404, path
        assert answer.text.startswith("Only /trust is here")
    assert (await plain.get("/static/../settings.py")).status_code == 404
    for path in sorted(about_trust):
        assert (await plain.post(path)).status_code == 405
    start = await plain.get("/")
    assert (start.status_code, start.headers["location"]) == (303, "/trust")


async def test_the_plain_listener_has_the_same_headers_and_promises_no_https(
    plain: httpx.AsyncClient,
) -> None:
    headers = (await plain.get("/trust")).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert "strict-transport-security" not in headers


async def test_without_a_certificate_the_page_says_so_and_has_no_files(storage: Storage) -> None:
    async with visit(create_app(storage), "http://127.0.0.1:8000") as client:
        answer = await client.get("/trust")
        file = await client.get("/trust/authority.crt")
    assert "has no certificate yet" in answer.text
    assert (file.status_code, file.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("gym.local:8000", 200), ("GYM.local", 200), ("192.168.1.20:8000", 200),
        ("localhost", 200), ("127.0.0.1:8000", 200), ("[::1]:8000", 200),
        ("other.local", 421), ("gym.local.example.org", 421), ("192.168.1.21", 421), ("", 421),
    ],
)  # fmt: skip
async def test_f13_the_server_answers_to_the_names_of_its_certificate_alone(
    secure: httpx.AsyncClient, host: str, status: int
) -> None:
    answer = await secure.get("/trust", headers={"Host": host})
    assert answer.status_code == status


async def test_f13_https_is_promised_for_a_year_but_not_for_loopback(
    secure: httpx.AsyncClient,
) -> None:
    told = (await secure.get("/trust")).headers
    assert told["strict-transport-security"] == "max-age=31536000"
    own = (await secure.get("/trust", headers={"Host": "localhost:8000"})).headers
    assert "strict-transport-security" not in own


async def test_an_admin_sees_names_code_and_fingerprint(
    storage: Storage, address: SecureAddress
) -> None:
    hers = cookie(begin_session(storage.database, "root"))
    async with visit(create_app(storage, address=address), CERTIFICATE_OF) as client:
        page = (await client.get("/address", headers=hers)).text
        home = (await client.get("/home", headers=hers)).text
    assert "Code of http://192.168.1.20:8080/trust" in page
    assert "<svg" in page
    assert group_fingerprint(address.certificate.authority_der)[7] in page
    assert 'class="trouble"' not in page
    assert 'href="/address"' in home


@pytest.mark.parametrize(
    ("left", "said", "word"),
    [
        (timedelta(days=12, hours=1), "The certificate ends soon; days left: 12.", "ends_soon"),
        (timedelta(seconds=-2), "The certificate has ended", "ended"),
        (timedelta(days=31), None, "valid"),
    ],
)
async def test_the_page_and_health_warn_in_time(
    storage: Storage, address: SecureAddress, left: timedelta, said: str | None, word: str
) -> None:
    moment_ns = int((address.certificate.ends - left).timestamp()) * NS_A_S
    app = create_app(storage, address=address, wall_ns=lambda: moment_ns)
    async with visit(app, CERTIFICATE_OF) as client:
        assert (await client.get("/health")).json()["certificate"] == word
    warning = view_address(address, address.certificate.ends - left).warning
    assert warning == "" if said is None else warning.startswith(said)


async def test_the_self_test_tells_the_servers_time(storage: Storage) -> None:
    app = create_app(storage, wall_ns=lambda: 1_796_058_000_123_456_789)
    async with visit(app, "http://127.0.0.1:8000") as client:
        told = await client.get("/self-test/now")
        page = await client.get("/self-test/")
        moved = await client.get("/self-test")
    assert told.json() == {"utc_ms": 1_796_058_000_123}
    assert told.headers["cache-control"] == "no-store"
    assert "self_test.js" in page.text
    assert moved.headers["location"] == "/self-test/"


@pytest.mark.parametrize(
    ("peer", "status"),
    [
        ("127.0.0.1", 200),
        ("::1", 200),
        ("::ffff:127.0.0.1", 200),
        ("192.168.1.77", 404),
        ("x", 404),
    ],
)
async def test_numbers_of_uploads_are_for_this_machine_alone(
    storage: Storage, address: SecureAddress, peer: str, status: int
) -> None:
    app = create_app(storage, address=address)
    transport = httpx.ASGITransport(app=app, client=(peer, 5000))
    async with httpx.AsyncClient(transport=transport, base_url=CERTIFICATE_OF) as client:
        assert (await client.get("/metrics")).status_code == status
