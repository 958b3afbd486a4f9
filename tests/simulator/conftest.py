"""A tiny app and a network before it."""

from collections.abc import Iterator

import pytest

from phonebot.simulator import Network

from .tiny_app import TinyApp

ACCOUNT = "AC" + "1" * 32
TOKEN = "a-made-up-token"


@pytest.fixture
def app() -> Iterator[TinyApp]:
    with TinyApp() as tiny:
        yield tiny


@pytest.fixture
def network(app: TinyApp) -> Iterator[Network]:
    with Network(app.url, ACCOUNT, TOKEN) as network:
        yield network
