"""What a machine made of a recording, and the gist of a message, as JSON: the keys are a contract."""

from typing import Any

from phonebot.domain.gist import Gist, question_words
from phonebot.domain.transcript import Hearing, Transcript
from phonebot.mail.recording_words import harmless


def heard_json(hearing: Hearing | None, transcript: Transcript | None) -> dict[str, Any]:
    """The words of a recording, the places of the doubtful stretches in them, and how far it has been heard.

    The state is null where there is nothing to be heard; the words are null unless the state is "heard".
    """
    words = None if transcript is None else harmless(transcript)
    doubtful = () if words is None else words.doubtful
    return {
        "transcript": None if words is None else words.text,
        "transcript_doubtful": [{"start": span.start, "end": span.end} for span in doubtful],
        "transcript_state": None if hearing is None else hearing.value,
    }


def gist_json(gist: Gist | None) -> dict[str, Any] | None:
    """Who, what and by when, the two lines that say so, and what staff are asked because of the recording."""
    if gist is None:
        return None
    return {
        "who": gist.who,
        "what": gist.what,
        "by_when": gist.by_when,
        "lines": list(gist.lines),
        "questions": [question_words(each) for each in gist.questions],
    }
