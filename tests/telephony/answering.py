"""A server on loopback that answers REST requests as a test tells it to, however wrongly."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

Answer = Callable[[Request], Response]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """Something on loopback that answers as told; its address."""
    serving = make_server("127.0.0.1", 0, Request.application(answer), threaded=True)
    thread = threading.Thread(target=serving.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{serving.server_port}"
    finally:
        serving.shutdown()
        thread.join()
        serving.server_close()
