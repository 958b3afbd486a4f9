"""The digest as a mail and as a text message."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from phonebot.domain.digest import CallerText, Digest, Done, Owed
from phonebot.domain.office import Office
from phonebot.mail.dates import Dates
from phonebot.mail.item import LinkTo, Reader, Words, item_of
from phonebot.mail.letter import Letter, rendered
from phonebot.mail.short_text import fitted, with_a_text
from phonebot.mail.wording import caller_words, calls, readable_number, said, sender_words, texts_came_in

_MOST_MISSED = 8
_NO_MORE_TEXTS = "They want no more texts. None will be sent to them from now on."
FOOTER = "Links ask before they act, and stop working after a while."


@dataclass(frozen=True, slots=True)
class Settled:
    """A line about a message that is off the list: who rang, what was done and by whom, when, and its reference."""

    who: str
    what: str
    at: str
    ref: str


@dataclass(frozen=True, slots=True)
class TextIn:
    """A text that came in: who sent it, from which number where that is not all that is known of them, and when.

    `words` are empty where there were none; `note` says what has become of it; `ref` may be empty.
    """

    who: str
    number: str
    at: str
    ref: str
    words: str
    note: str


def digest_letter(digest: Digest, office: Office, link: LinkTo) -> Letter:
    """The digest as a mail, in the office's zone; `link` gives the address of the page that does an act.

    What is owed stands in the order it comes in: see domain.digest.order.
    """
    dates = Dates(office.hours.zone, digest.at)
    reader = Reader(digest.person_name, digest.next_at, dates, digest.covers)
    heading = _heading(digest, dates)
    return rendered(
        "digest",
        heading,
        heading=heading,
        preamble=f"{digest.person_name}, {office.name}, {dates.at(digest.at)}",
        items=[item_of(owed, reader, link) for owed in digest.owed],
        texts=[_text_in(text, dates) for text in digest.texts],
        returned=[_settled(done, reader) for done in digest.returned],
        helped=[_settled(done, reader) for done in digest.helped],
        missed=_missed(digest.missed, dates),
        footer=_footer(digest, dates),
    )


def digest_text(digest: Digest, office: Office) -> str:
    """The digest as a text message in two segments at most: how many, since when, and as many of them as fit.

    Of the texts that came in, the words of `texts_quoted`, and how many more there are.
    """
    dates = Dates(office.hours.zone, digest.at, short=True)
    reader = Reader(digest.person_name, digest.next_at, dates, digest.covers)
    opening = f"{calls(len(digest.owed)).capitalize()} owed."
    if digest.owed:
        count, since = calls(len(digest.owed)), dates.past(_oldest(digest.owed))
        opening = f"{count} owed{_for_whom(digest)}, oldest since {since}."
    for text in texts_quoted(digest):
        opening = with_a_text(opening if digest.owed else "", text, len(digest.texts) - 1, dates)
    return fitted(opening, digest.owed, reader)


def texts_quoted(digest: Digest) -> tuple[CallerText, ...]:
    """The texts that the digest quotes as a text message: the oldest alone. The others wait for the next one."""
    return digest.texts[:1]


def _heading(digest: Digest, dates: Dates) -> str:
    count, texts = calls(len(digest.owed)), texts_came_in(len(digest.texts)) if digest.texts else ""
    if not digest.owed:
        return f"{count.capitalize()} owed" + (f"; {texts}" if texts else "")
    which = "" if len(digest.owed) == 1 else " the oldest"
    owed = f"{count} owed{_for_whom(digest)},{which} since {dates.since(_oldest(digest.owed))}"
    return f"{owed}; {texts}" if texts else owed


def _for_whom(digest: Digest) -> str:
    """For whom they are owed, where all are somebody else's."""
    owners = {owed.owner_name for owed in digest.owed} - {digest.person_name}
    all_others = all(owed.owner_name != digest.person_name for owed in digest.owed)
    return f" for {owners.pop()}" if all_others and len(owners) == 1 else ""


def _oldest(owed: Iterable[Owed]) -> datetime:
    return min(each.received_at for each in owed)


def _text_in(text: CallerText, dates: Dates) -> TextIn:
    named = bool(text.name or text.company)
    return TextIn(
        who=sender_words(text.name, text.company, text.phone),
        number=readable_number(text.phone) if named and text.phone else "",
        at=dates.past(text.at),
        ref=text.ref or "",
        words=said(text.words),
        note=_NO_MORE_TEXTS if text.no_more_texts else "" if text.words else "It holds no words: a picture, perhaps.",
    )


def _settled(done: Done, reader: Reader) -> Settled:
    what = done.evidence if done.by == reader.name else f"{done.by}: {done.evidence}"
    return Settled(caller_words(done.who, None), what, reader.dates.past(done.at), done.ref)


def _missed(missed: Sequence[tuple[datetime, str | None]], dates: Dates) -> Words | None:
    """Calls that left nothing, in one line, each number once with how often and when it last rang."""
    if not missed:
        return None
    times = Counter(number for _, number in missed)
    last = {number: max(at for at, each in missed if each == number) for number in times}
    shown = sorted(last, key=lambda number: (last[number], number or ""), reverse=True)
    said_of = [_rang(number, times[number], dates.past(last[number])) for number in shown[:_MOST_MISSED]]
    if more := len(shown) - _MOST_MISSED if len(shown) > _MOST_MISSED else 0:
        said_of.append(f"and {more} more {'number' if more == 1 else 'numbers'}")
    return Words(f"{calls(len(missed)).capitalize()} that left nothing", "; ".join(said_of))


def _rang(number: str | None, times: int, last: str) -> str:
    who = readable_number(number) if number else "withheld"
    return f"{who} {last}" if times == 1 else f"{who} {times} times, last {last}"


def _footer(digest: Digest, dates: Dates) -> str:
    return FOOTER + (f" The next list is due {dates.at(digest.next_at)}." if digest.next_at else "")
