"""What the processes log: JSON lines on standard error, with the call each is about, and nobody's data."""

import logging
import sys
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import Processor

EventDict = MutableMapping[str, Any]


def configure_logs() -> None:
    """Log JSON lines to standard error, our own and those of the libraries. Doing it again changes nothing."""
    structlog.configure(
        processors=[*_common(), structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(json_formatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def json_formatter() -> logging.Formatter:
    """A formatter that has what libraries log look like our own lines."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_common(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )


def _common() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _places_only,
    ]


def _places_only(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Put an exception as its kinds and places: its text may quote a caller."""
    raised = event.pop("exc_info", None)
    if raised:
        # An exception itself, what sys.exc_info() returns, or True for the one being handled.
        error = raised[1] if isinstance(raised, tuple) else raised
        event["exception"] = _chain(error if isinstance(error, BaseException) else sys.exception())
    return event


def _chain(error: BaseException | None) -> list[str]:
    """Each exception of a chain, the first cause last: its kind, and the innermost places it came through."""
    chain = []
    while error is not None:
        chain.append(f"{type(error).__name__} at {' < '.join(_places(error.__traceback__))}")
        error = error.__cause__ or error.__context__
    return chain


def _places(trace: TracebackType | None, most: int = 8) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[::-1][:most]
