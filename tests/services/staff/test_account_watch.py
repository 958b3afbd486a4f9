"""While Twilio refuses us, an admin is told once a day, Twilio is left in peace, and calls are taken all the same."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from phonebot.domain.outbox import JobKind
from phonebot.services.calls.reconcile_calls import reconcile_calls
from phonebot.services.calls.reconcile_recordings import reconcile
from phonebot.services.staff.account_watch import warn_of_account, watch_account
from phonebot.services.staff.mailroom import Mailroom
from phonebot.simulator import Network
from phonebot.store.database import Database
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.tables import OutboxRow
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import Unauthorised, Unavailable
from tests.calling import leaves_message
from tests.left_messages import load_office
from tests.mail.post_office import PostOffice
from tests.outside import NOW, client, network, settings
from tests.running import running

DAY = timedelta(days=1)


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Database:
    load_office(database, tmp_path)
    return database


def warnings(database: Database) -> list[OutboxRow]:
    with database.read() as session:
        found = select(OutboxRow).where(OutboxRow.kind == JobKind.WARN_OF_ACCOUNT)
        return list(session.scalars(found.order_by(OutboxRow.id)))


def test_an_account_that_is_well_is_no_news(office: Database, outside: Network) -> None:
    assert watch_account(office, client(outside), NOW)
    assert warnings(office) == []


@pytest.mark.parametrize("how", ["token", "suspended"])
def test_each_admin_is_told_once_a_day_while_it_is_not(office: Database, outside: Network, how: str) -> None:
    asking = client(outside)
    if how == "token":
        outside.auth_token = "another token"
    else:
        outside.account_status = how
    for after in (timedelta(), timedelta(minutes=5), DAY, DAY + timedelta(hours=1)):
        assert not watch_account(office, asking, NOW + after)
    assert [(job.payload["person"], job.key) for job in warnings(office)] == [
        ("sue", "account:2026-11-24:sue"),
        ("sue", "account:2026-11-25:sue"),
    ]


def test_a_twilio_that_is_away_for_a_while_is_no_news(office: Database, outside: Network) -> None:
    outside.rest_faults.fail(503)
    with pytest.raises(Unavailable):
        watch_account(office, client(outside), NOW)
    assert warnings(office) == []


def test_before_there_is_an_office_there_is_nobody_to_tell(database: Database, outside: Network) -> None:
    outside.account_status = "suspended"
    assert not watch_account(database, client(outside), NOW)
    assert warnings(database) == []


@pytest.mark.parametrize(("status", "words"), [("refused", "TWILIO_AUTH_TOKEN"), ("suspended", "is suspended")])
def test_the_mail_says_what_to_do(office: Database, status: str, words: str) -> None:
    with PostOffice() as post:
        room = Mailroom.of(settings(SMTP_URL=post.url, MAIL_FROM="phone@example.com"), office, DatabaseMedia())
        for person in ("sue", "somebody-gone"):
            warn_of_account(room, {"person": person, "account": status, "key": "account:1"}, NOW)
        (taken,) = post.taken_by("sue@example.com")
        assert post.taken_by("tom@example.com") == []
    text = taken.message.get_body(("plain",))
    assert text is not None
    assert words in " ".join(text.get_content().split())


def test_callers_are_answered_and_twilio_is_asked_once_while_it_refuses_us(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url) as phonebot:
        asking = TwilioClient(phonebot.settings)
        genuine, phonebot.network.auth_token = phonebot.network.auth_token, "another token"
        for _ in range(3):
            assert not watch_account(phonebot.database, asking, phonebot.clock())
            for ask in (reconcile, reconcile_calls):
                with pytest.raises(Unauthorised, match="refuses our account"):
                    ask(phonebot.database, asking, phonebot.clock())
        phonebot.network.auth_token = genuine
        leaves_message(phonebot.rings())
        assert phonebot.the_message().complete
