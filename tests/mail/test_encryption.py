"""Mail on its way: encrypted where it leaves the machine or carries a login, to a server that proves who it is."""

import ssl
from pathlib import Path

import pytest
import trustme

from tests.mail.post_office import PostOffice
from tests.mail.test_delivery import NOW, door, mail, trouble

LOGIN = ("phone", "secret-word")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """What a server shows that is called localhost, or 127.1."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority is known to this machine, by OpenSSL's own setting."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


@pytest.mark.usefixtures("trusted")
def test_a_login_goes_encrypted_where_the_server_offers_it(certificate: ssl.SSLContext) -> None:
    with PostOffice(login=LOGIN, certificate=certificate) as post:
        door(post.url).check()
        door(post.url).send(mail(), NOW)
        assert [(kept.encrypted, kept.login) for kept in post.taken] == [(True, "phone")]


@pytest.mark.usefixtures("trusted")
def test_a_server_encrypted_from_the_first_byte_is_spoken_to_so(certificate: ssl.SSLContext) -> None:
    with PostOffice(login=LOGIN, certificate=certificate, encrypted_at_once=True) as post:
        door(post.url).send(mail(), NOW)
        assert [(kept.encrypted, kept.login) for kept in post.taken] == [(True, "phone")]


@pytest.mark.parametrize("at_once", [False, True])
def test_a_server_that_cannot_prove_who_it_is_gets_neither_login_nor_mail(
    certificate: ssl.SSLContext, at_once: bool
) -> None:
    with PostOffice(login=LOGIN, certificate=certificate, encrypted_at_once=at_once) as post:
        refused = trouble(door(post.url), mail())
        assert refused.retryable
        assert "certificate" in str(refused)
        assert (post.logins, post.taken) == ([], [])


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("login", [LOGIN, None])
def test_a_good_certificate_of_another_name_is_not_good(
    certificate: ssl.SSLContext, login: tuple[str, str] | None
) -> None:
    with PostOffice(login=login, certificate=certificate) as post:
        refused = trouble(door(post.url.replace("localhost", "127.1")), mail())
        assert "certificate" in str(refused)
        assert (post.logins, post.taken) == ([], [])


def test_to_this_machine_without_a_login_no_certificate_is_asked_for(certificate: ssl.SSLContext) -> None:
    with PostOffice(certificate=certificate) as post:
        door(post.url).send(mail(), NOW)
        assert [kept.encrypted for kept in post.taken] == [False]


def test_an_encrypted_greeting_to_a_plain_server_is_told_as_such() -> None:
    with PostOffice() as post:
        assert "encrypted" in str(trouble(door(post.url.replace("smtp:", "smtps:")), mail()))
