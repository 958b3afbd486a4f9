"""What is to be told once is told once, also where a worker died between telling and marking its job done."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from phonebot.app import make_media
from phonebot.domain.outbox import JobKind, JobState
from phonebot.domain.reference import reference_of
from phonebot.domain.texting import TextPurpose
from phonebot.services.callers.slips import mind_promises
from phonebot.services.callers.telling import tell_accepted, tell_slip
from phonebot.services.messages.accepting import accept
from phonebot.services.staff.mailroom import Mailroom
from phonebot.services.staff.slip_warnings import send_warning
from tests.left_messages import leave
from tests.offices import JULIE, SUE_PHONE
from tests.running import Phonebot
from tests.texting import TEXTING_TOML, agrees, house_of, jobs, sent_texts, texting, works

BY_TEXT = TEXTING_TOML.replace('cover = "tom"', 'cover = "tom"\nnotices = "text"')


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    """An office that texts callers, and in which Sue has her notices as texts."""
    with texting(tmp_path, database_url, BY_TEXT) as one:
        yield one


@pytest.fixture
def commitment(phonebot: Phonebot) -> int:
    """The row of Sue's word to ring Julie, who agreed to texts, between two and three."""
    agrees(phonebot)
    number = leave(phonebot.database)
    accept(phonebot.database, reference_of(number), "sue", "today from two until three", phonebot.clock())
    (job,) = jobs(phonebot.database, JobKind.TELL_ACCEPTED)
    return int(job.payload["commitment"])


def purposes(phonebot: Phonebot) -> list[str]:
    return [text.purpose for text in sent_texts(phonebot.database)]


def test_an_acceptance_told_by_a_worker_that_died_is_not_told_again(phonebot: Phonebot, commitment: int) -> None:
    phonebot.network.expects_text(JULIE)
    for _ in range(2):
        tell_accepted(house_of(phonebot), commitment, phonebot.clock())
    works(phonebot)
    assert purposes(phonebot) == [TextPurpose.ACCEPTED]


def test_a_slip_told_by_a_worker_that_died_is_not_told_again_and_nobody_else_is_asked(
    phonebot: Phonebot, commitment: int
) -> None:
    phonebot.clock.goes_on(hours=5)
    mind_promises(phonebot.database, phonebot.clock())
    for _ in range(2):
        tell_slip(house_of(phonebot), {"commitment": commitment}, phonebot.clock())
    assert purposes(phonebot) == [TextPurpose.SLIP]
    assert jobs(phonebot.database, JobKind.WARN) == []


def test_a_warning_by_text_ends_its_job_with_it(phonebot: Phonebot, commitment: int) -> None:
    phonebot.clock.now = phonebot.clock.now.replace(hour=14, minute=50)
    mind_promises(phonebot.database, phonebot.clock())
    (job,) = jobs(phonebot.database, JobKind.WARN)
    room = Mailroom.of(phonebot.settings, phonebot.database, make_media(phonebot.settings))
    send_warning(room, job.payload, phonebot.clock())
    assert [job.state for job in jobs(phonebot.database, JobKind.WARN)] == [JobState.DONE]
    phonebot.network.expects_text(SUE_PHONE)
    phonebot.network.expects_text(JULIE)
    phonebot.clock.now += timedelta(seconds=1)
    works(phonebot)
    assert purposes(phonebot).count(TextPurpose.WARNING) == 1
