"""The strict reader of voice documents: XML as bytes to verbs, refusing whatever a real network would stumble over."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from phonebot.simulator.rules import TwimlRefused, absolute, check_elements
from phonebot.simulator.verbs import (
    Dial,
    Document,
    Gather,
    Hangup,
    Pause,
    Play,
    Record,
    Redirect,
    Reject,
    Say,
    Target,
    Verb,
)

LARGEST_BODY = 64 * 1024
"""Bytes of one document."""
LONGEST_SAY = 4096
"""Characters of one Say."""
MOST_HINTS, LONGEST_HINT = 500, 100
WHISPER_VERBS = (Say, Play, Pause, Gather, Redirect, Hangup)
"""What may be said and done on a called leg before the two are joined."""


def read_document(body: bytes, content_type: str, *, whisper: bool = False) -> Document:
    """The verbs of one answer to a live call; raises TwimlRefused.

    On a called leg (`whisper`) an empty document is the way to say "join them now"; elsewhere it would cut the
    caller off without a word, and is refused.
    """
    root = read_xml(body, content_type)
    _check_voice_words(root)
    verbs = tuple(_verb(element) for element in root)
    _check_order(verbs)
    if not verbs and not whisper:
        raise TwimlRefused("an empty <Response> would cut a live call off without a word")
    for verb in verbs:
        if whisper and not isinstance(verb, WHISPER_VERBS):
            raise TwimlRefused(f"<{type(verb).__name__}> may not stand in a document for a called telephone")
    return verbs


def read_xml(body: bytes, content_type: str) -> Element:
    """The root <Response> with every element checked by the table; raises TwimlRefused."""
    if content_type.partition(";")[0].strip().lower() not in {"text/xml", "application/xml"}:
        raise TwimlRefused(f"the answer's content type is {content_type or 'missing'}, not text/xml", 12300)
    if len(body) > LARGEST_BODY:
        raise TwimlRefused(f"the answer is {len(body)} bytes, more than {LARGEST_BODY}", 11750)
    if not body.startswith(b"<"):
        raise TwimlRefused("the answer does not begin with < (nothing may stand before the XML header)", 12100)
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise TwimlRefused("the answer holds a DOCTYPE or an ENTITY", 12100)
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - DOCTYPE and ENTITY are refused above, so nothing can expand
    except ElementTree.ParseError as error:
        raise TwimlRefused(f"the answer is not well-formed XML: {error}", 12100) from error
    if root.tag != "Response":
        raise TwimlRefused(f"the root is <{root.tag}>, not <Response>", 12100)
    check_elements(root)
    return root


def spoken_text(element: Element) -> str:
    """The words of a Say, with SSML folded in: an alias is said instead of what it stands for, a break is a space."""
    pieces = [element.text or ""]
    for child in element:
        pieces.append(child.get("alias", "") if child.tag == "sub" else spoken_text(child))
        pieces.append((" " if child.tag in {"break", "p", "s"} else "") + (child.tail or ""))
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _check_voice_words(root: Element) -> None:
    """Refuse text messages' elements, and a Say with nothing in it or too much."""
    for element in root.iter():
        if element.tag in {"Message", "Body", "Media"}:
            raise TwimlRefused(f"<{element.tag}> belongs in the answer to a text message")
        if element.tag == "Say":
            words = spoken_text(element)
            if not words:
                raise TwimlRefused("<Say> has nothing to say")
            if len(words) > LONGEST_SAY:
                raise TwimlRefused(f"<Say> holds {len(words)} characters, more than {LONGEST_SAY}", 13521)


def _check_order(verbs: Document) -> None:
    """Refuse a verb that can never be reached, and a Reject that comes too late to reject anything."""
    for position, verb in enumerate(verbs):
        if isinstance(verb, Reject) and position > 0:
            raise TwimlRefused("<Reject> must come first: after another verb the call has been answered")
        if isinstance(verb, Record | Redirect | Hangup | Reject | Dial) and position < len(verbs) - 1:
            name, after = type(verb).__name__, type(verbs[position + 1]).__name__
            raise TwimlRefused(f"<{after}> after <{name}> is never reached")


def _verb(element: Element) -> Verb:
    """One verb as a value, with the network's own defaults filled in."""
    attributes = element.attrib
    method = attributes.get("method", "POST")
    match element.tag:
        case "Say":
            return Say(spoken_text(element), int(attributes.get("loop", "1")))
        case "Play":
            return _play(element)
        case "Pause":
            return Pause(int(attributes.get("length", "1")))
        case "Gather":
            return _gather(element)
        case "Record":
            return _record(element)
        case "Dial":
            return _dial(element)
        case "Redirect":
            return Redirect(absolute("Redirect", "text", element.text or ""), method)
        case "Reject":
            return Reject(attributes.get("reason", "rejected"))
        case _:
            return Hangup()


def _play(element: Element) -> Play:
    """A Play: either keys to sound or the absolute URL of a sound, never both and never neither."""
    digits, url = element.get("digits", ""), element.text or ""
    if bool(digits) == bool(url.strip()):
        raise TwimlRefused("<Play> needs either digits or a URL")
    times = int(element.get("loop", "1"))
    return Play(digits=digits, times=times) if digits else Play(url=absolute("Play", "text", url), times=times)


def _action(element: Element) -> str:
    """The action URL, which the network would otherwise guess to be the current document: a loop."""
    if not element.get("action"):
        raise TwimlRefused(f"<{element.tag}> has no action: it would ask for the same document again")
    return element.attrib["action"]


def _gather(element: Element) -> Gather:
    """A Gather, with its nested prompts."""
    attributes = element.attrib
    if "speechModel" in attributes and not attributes.get("speechTimeout", "").isdecimal():
        raise TwimlRefused("<Gather speechModel> needs a whole number for its speechTimeout", 13335)
    hints = tuple(hint.strip() for hint in attributes.get("hints", "").split(",") if hint.strip())
    if len(hints) > MOST_HINTS:
        raise TwimlRefused(f"<Gather> has {len(hints)} hints, more than {MOST_HINTS}")
    for hint in hints:
        if len(hint) > LONGEST_HINT:
            raise TwimlRefused(f"<Gather> has a hint of {len(hint)} characters, more than {LONGEST_HINT}")
    prompts = tuple(_verb(child) for child in element)
    if any(isinstance(prompt, Play) and prompt.digits for prompt in prompts):
        raise TwimlRefused("<Play digits> may not stand inside <Gather>")
    kinds = attributes.get("input", "dtmf").split()
    return Gather(
        action=_action(element),
        method=attributes.get("method", "POST"),
        keys="dtmf" in kinds,
        speech="speech" in kinds,
        timeout=int(attributes.get("timeout", "5")),
        finish_key=attributes.get("finishOnKey", "#"),
        most_keys=int(attributes.get("numDigits", "0")),
        acts_on_nothing=attributes.get("actionOnEmptyResult") == "true",
        hints=hints,
        prompts=tuple(prompt for prompt in prompts if isinstance(prompt, Say | Play | Pause)),
    )


def _events(element: Element, name: str) -> frozenset[str]:
    """The events a status callback asks for; `completed` when it names none."""
    return frozenset(element.get(name, "completed").split())


def _record(element: Element) -> Record:
    """A Record."""
    attributes = element.attrib
    return Record(
        action=_action(element),
        method=attributes.get("method", "POST"),
        timeout=int(attributes.get("timeout", "5")),
        finish_keys=attributes.get("finishOnKey", "1234567890*#"),
        longest=int(attributes.get("maxLength", "3600")),
        beep=attributes.get("playBeep") != "false",
        status_url=attributes.get("recordingStatusCallback", ""),
        status_method=attributes.get("recordingStatusCallbackMethod", "POST"),
        status_events=_events(element, "recordingStatusCallbackEvent"),
    )


def _dial(element: Element) -> Dial:
    """A Dial and the telephones it rings."""
    attributes = element.attrib
    targets = tuple(_target(child) for child in element)
    if not 1 <= len(targets) <= 10:
        raise TwimlRefused(f"<Dial> rings {len(targets)} telephones; it must be one to ten", 13224)
    return Dial(
        action=_action(element),
        targets=targets,
        method=attributes.get("method", "POST"),
        timeout=int(attributes.get("timeout", "30")),
        longest=int(attributes.get("timeLimit", "14400")),
        caller_id=attributes.get("callerId", ""),
        star_hangs_up=attributes.get("hangupOnStar") == "true",
        recorded=attributes.get("record", "do-not-record") != "do-not-record",
    )


def _target(element: Element) -> Target:
    """One telephone inside a Dial: a Number in E.164, a Client by its name or a Sip address."""
    address = (element.text or element.findtext("Identity") or "").strip()
    if element.tag == "Number" and not re.fullmatch(r"\+[1-9][0-9]{6,14}", address):
        raise TwimlRefused(f"<Number> must be in E.164, not {address!r}", 13224)
    if element.tag == "Sip" and not address.startswith(("sip:", "sips:")):
        raise TwimlRefused(f"<Sip> must be a SIP address, not {address!r}", 13224)
    if not address:
        raise TwimlRefused(f"<{element.tag}> names nobody", 13224)
    return Target(
        address=f"client:{address}" if element.tag == "Client" else address,
        whisper=element.get("url", ""),
        whisper_method=element.get("method", "POST"),
        status_url=element.get("statusCallback", ""),
        status_method=element.get("statusCallbackMethod", "POST"),
        status_events=_events(element, "statusCallbackEvent"),
        detection=element.get("machineDetection", ""),
        detection_url=element.get("amdStatusCallback", ""),
        detection_method=element.get("amdStatusCallbackMethod", "POST"),
    )
