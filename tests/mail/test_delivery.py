"""The one door out for email: what reaches the server, and what is made of a server that will not have it."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic
from urllib.parse import urlsplit

import pytest

from phonebot.mail import Mail, MailDoor, MailRefused, MailTrouble, MailUnavailable
from tests.mail.post_office import Mishap, PostOffice
from tests.outside import settings

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
SUE, TOM = "sue@example.com", "tom@example.com"


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice() as one:
        yield one


def door(url: str, silence: float = 5, verdict: float = 5) -> MailDoor:
    """A door to the server at a URL, and how many seconds it waits."""
    mail_from = "Cohen and Hart <phone@example.com>"
    return MailDoor(settings(SMTP_URL=url, MAIL_FROM=mail_from), silence_seconds=silence, verdict_seconds=verdict)


def mail(to: str = SUE, text: str = "Julie Smith rang.\n") -> Mail:
    """A short mail."""
    return Mail(to, "2 calls owed", text, key=f"digest {to}")


def trouble(one: MailDoor, what: Mail) -> MailTrouble:
    """What sending a mail raises."""
    with pytest.raises(MailTrouble) as raised:
        one.send(what, NOW)
    return raised.value


def test_a_mail_reaches_its_one_recipient_with_its_words(post: PostOffice) -> None:
    door(post.url).send(mail(text="Zoë rang.\nAbout the invoice.\n"), NOW)
    (kept,) = post.taken
    assert (kept.sender, kept.recipient) == ("phone@example.com", SUE)
    assert kept.text == "Zoë rang.\nAbout the invoice.\n"
    assert kept.message["From"] == "Cohen and Hart <phone@example.com>"
    assert kept.message["To"] == SUE


def test_we_name_ourselves_by_the_public_name_and_ask_no_resolver(post: PostOffice) -> None:
    door(post.url).send(mail(), NOW)
    assert post.greeted == ["phone.example.com"]


@pytest.mark.parametrize(
    ("public_url", "name"),
    [("http://127.0.0.1:8000", "[127.0.0.1]"), ("http://[::1]:8000", "[IPv6:::1]"), ("http://localhost", "localhost")],
)
def test_an_address_is_named_in_brackets(post: PostOffice, public_url: str, name: str) -> None:
    MailDoor(settings(SMTP_URL=post.url, MAIL_FROM="phone@example.com", PUBLIC_URL=public_url)).send(mail(), NOW)
    assert post.greeted == [name]


def test_a_long_mail_with_long_lines_and_dots_arrives_whole(post: PostOffice) -> None:
    text = ".\n..\n" + "From there, " * 400 + "\n" + "Zoë rang.\n" * 5_000
    door(post.url).send(mail(text=text), NOW)
    assert post.taken[0].text == text


def test_without_a_server_the_door_is_shut_and_says_so() -> None:
    shut = MailDoor(settings())
    assert not shut.open
    assert "SMTP_URL" in str(trouble(shut, mail()))
    with pytest.raises(MailUnavailable, match="SMTP_URL"):
        shut.check()


def test_with_a_server_the_door_is_open(post: PostOffice) -> None:
    assert door(post.url).open


def test_fault_35_a_server_that_is_down_may_be_asked_again_and_then_takes_the_mail(post: PostOffice) -> None:
    one = door(post.url)
    post.close_doors()
    down = trouble(one, mail())
    assert isinstance(down, MailUnavailable)
    assert down.retryable
    post.open_doors()
    one.send(mail(), NOW)
    assert len(post.taken) == 1


def test_a_connection_cut_within_a_mail_leaves_nothing_and_may_be_tried_again(post: PostOffice) -> None:
    post.mishaps.append(Mishap.DROP_IN_DATA)
    # Longer than what the kernel takes in at once, so that the cut is seen while sending too.
    long = mail(text="Julie Smith rang.\n" * 200_000)
    assert trouble(door(post.url), long).retryable
    assert post.taken == []
    door(post.url).send(long, NOW)
    assert len(post.taken) == 1


def test_fault_36_a_mail_sent_again_after_a_lost_answer_is_the_same_mail_byte_for_byte(post: PostOffice) -> None:
    post.mishaps.append(Mishap.DROP_BEFORE_ANSWER)
    assert trouble(door(post.url), mail()).retryable
    door(post.url).send(mail(), NOW)
    first, second = post.taken
    assert first.content == second.content


def test_fault_36_sent_again_later_and_worded_anew_it_still_has_its_message_id(post: PostOffice) -> None:
    post.mishaps.append(Mishap.DROP_BEFORE_ANSWER)
    trouble(door(post.url), mail())
    door(post.url).send(mail(text="Julie Smith rang twice.\n"), NOW + timedelta(hours=3))
    first, second = (kept.message for kept in post.taken)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] != second["Date"]


def test_fault_36_a_server_that_hangs_up_after_its_yes_has_taken_the_mail(post: PostOffice) -> None:
    post.mishaps.append(Mishap.DROP_AFTER_ANSWER)
    door(post.url).send(mail(), NOW)
    assert len(post.taken) == 1


def test_a_server_that_falls_silent_after_a_mail_is_not_waited_for_for_ever(post: PostOffice) -> None:
    post.mishaps.append(Mishap.SILENCE)
    began = monotonic()
    assert trouble(door(post.url, verdict=0.2), mail()).retryable
    assert monotonic() - began < 4


def test_a_server_that_never_greets_is_not_waited_for_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        began = monotonic()
        assert trouble(door(f"smtp://127.0.0.1:{port}", silence=0.2), mail()).retryable
        assert monotonic() - began < 4


def test_a_server_may_think_longer_over_a_mail_than_over_a_word(post: PostOffice) -> None:
    post.thinks_seconds = 0.8
    door(post.url, silence=0.4).send(mail(), NOW)
    assert len(post.taken) == 1


def test_fault_37_one_refused_recipient_is_refused_for_good_and_the_others_get_theirs(post: PostOffice) -> None:
    post.refused[TOM] = f"550 5.1.1 <{TOM}>: no such user here"
    one = door(post.url)
    one.send(mail(SUE), NOW)
    refused = trouble(one, mail(TOM))
    one.send(mail("ann@example.com"), NOW)
    assert isinstance(refused, MailRefused)
    assert not refused.retryable
    assert str(refused) == "the recipient was refused (550 5.1.1)"
    assert [kept.recipient for kept in post.taken] == [SUE, "ann@example.com"]


@pytest.mark.parametrize(
    ("command", "reply", "retryable"),
    [
        ("RCPT", "451 4.7.1 greylisted, come back later", True),
        ("RCPT", "452 4.2.2 mailbox full", True),
        ("RCPT", "552 5.2.2 mailbox full", True),
        ("RCPT", "550 no such user", False),
        ("RCPT", "553 5.1.3 bad address", False),
        ("RCPT", "530 5.7.0 Authentication required", True),
        ("RCPT", "421 4.3.2 going down", True),
        ("MAIL", "451 4.3.0 try again", True),
        ("MAIL", "553 5.7.1 sender not yours", True),
        ("MAIL", "550 5.7.1 not from here", True),
        ("MAIL", "552 5.3.4 too big", False),
        ("DATA", "451 4.3.0 try again", True),
        ("DATA", "554 5.7.1 looks like spam", False),
        ("DATA", "552 5.3.4 too big", False),
    ],
)
def test_only_a_lasting_no_to_this_recipient_or_this_mail_is_final(
    post: PostOffice, command: str, reply: str, retryable: bool
) -> None:
    post.replies[command] = reply
    refused = trouble(door(post.url), mail())
    assert refused.retryable is retryable
    assert reply[:3] in str(refused)
    assert post.taken == []


def test_what_was_put_off_is_taken_when_it_is_sent_again(post: PostOffice) -> None:
    post.replies["RCPT"] = "451 4.7.1 greylisted"
    trouble(door(post.url), mail())
    post.replies.clear()
    door(post.url).send(mail(), NOW)
    assert len(post.taken) == 1


def test_a_mail_larger_than_the_server_takes_is_refused_before_it_is_sent() -> None:
    with PostOffice(largest=2_000) as small:
        refused = trouble(door(small.url), mail(text="word " * 2_000))
        assert not refused.retryable
        assert "size" in str(refused)
        assert small.greeted == []
        door(small.url).send(mail(), NOW)
        assert len(small.taken) == 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("code", [451, 550])
def test_no_trouble_names_an_address(post: PostOffice, command: str, code: int) -> None:
    post.replies[command] = f"{code} <{SUE}>: not {SUE}, sue or phone@example.com"
    told = str(trouble(door(post.url), mail()))
    assert "@" not in told
    assert "sue" not in told


@pytest.mark.parametrize(
    "to",
    [
        "",
        "sue",
        "sue@",
        "sue@example.com, tom@example.com",
        "sue@example.com\r\nRCPT TO:<tom@example.com>",
        "sue@example.com\nBcc: tom@example.com",
        "Sue <sue@example.com>",
        "sue@example.com> SIZE=1",
        "zoë@example.com",
        "sue@exämple.com",
    ],
)
def test_fault_62_a_recipient_that_is_not_one_plain_address_is_refused_and_nobody_is_asked(
    post: PostOffice, to: str
) -> None:
    assert not trouble(door(post.url), mail(to)).retryable
    assert post.greeted == []


@pytest.mark.parametrize("to", ["o'hara+calls@mail.example.co.uk", "s.cohen@localhost", "a_b-c@xn--exmple-cua.com"])
def test_usual_addresses_are_taken_as_they_are(post: PostOffice, to: str) -> None:
    door(post.url).send(mail(to), NOW)
    assert [kept.recipient for kept in post.taken] == [to]


def test_a_login_is_decoded_from_the_url_and_used() -> None:
    with PostOffice(login=("phone@example.com", "p:a/s s%")) as post:
        door(post.url).send(mail(), NOW)
        assert post.taken[0].login == "phone@example.com"


@pytest.mark.parametrize("login", ["phone:wrong@", "phone@", ""])
def test_a_login_that_is_wrong_or_missing_may_be_put_right(login: str) -> None:
    with PostOffice(login=("phone", "secret-word")) as post:
        refused = trouble(door(f"smtp://{login}localhost:{post.port}"), mail())
        assert refused.retryable
        assert "53" in str(refused)
        assert "wrong" not in str(refused)


def test_a_login_where_none_is_taken_says_so(post: PostOffice) -> None:
    assert "login" in str(trouble(door(f"smtp://phone:secret-word@localhost:{post.port}"), mail()))


def test_a_login_that_cannot_be_sent_says_which_setting_to_look_at() -> None:
    with PostOffice(login=("phone", "pässword")) as post:
        refused = trouble(door(post.url), mail())
        assert "SMTP_URL" in str(refused)
        assert "pässword" not in str(refused)


def test_a_check_goes_as_far_as_the_login_and_sends_nothing() -> None:
    with PostOffice(login=("phone", "secret-word")) as post:
        door(post.url).check()
        assert (post.logins, post.taken) == (["phone"], [])
        with pytest.raises(MailUnavailable, match="login"):
            door(f"smtp://phone:wrong@localhost:{post.port}").check()


def test_a_check_of_a_server_that_is_down_says_so(post: PostOffice) -> None:
    post.close_doors()
    with pytest.raises(MailUnavailable, match="no connection"):
        door(post.url).check()


def test_a_check_finds_a_sender_that_mail_cannot_come_from(post: PostOffice) -> None:
    odd = MailDoor(settings(SMTP_URL=post.url, MAIL_FROM="phone@exämple.com"))
    with pytest.raises(MailUnavailable, match="MAIL_FROM"):
        odd.check()


def test_nothing_goes_unencrypted_to_another_machine(post: PostOffice) -> None:
    # "127.1" is a way to write 127.0.0.1 that only the resolver knows: a host like any other to us.
    elsewhere = f"smtp://127.1:{urlsplit(post.url).port}"
    assert "encryption" in str(trouble(door(elsewhere), mail()))
    assert post.greeted == []
