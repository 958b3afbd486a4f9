"""A hub on loopback with one model, as Hugging Face's client sees it, and the ways in which it may fail."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PLACE = "Systran/faster-whisper-small.en"
FILES = {
    "model.bin": b"a model of many weights" * 40_000,
    "config.json": b"{}",
    "tokenizer.json": b'{"version": "1.0"}',
    "vocabulary.txt": b"a\nb\n",
    "README.md": b"not for faster-whisper",
}


class PretendHub:
    """What it has, how often each thing was asked for, and which of its answers go wrong how often."""

    def __init__(self) -> None:
        self.files = dict(FILES)
        self.asked: Counter[str] = Counter()
        self.breaks_off: Counter[str] = Counter()
        self.damages: Counter[str] = Counter()
        self.url = ""

    def sent(self) -> set[str]:
        """The files whose bytes were asked for."""
        return {name.removeprefix("GET ") for name in self.asked if name.startswith("GET ")}

    @contextmanager
    def serving(self) -> Iterator["PretendHub"]:
        """Answer on loopback."""
        handler = type("Handler", (_Handler,), {"hub": self})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


class _Handler(BaseHTTPRequestHandler):
    hub: PretendHub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0]
        if path.startswith(f"/api/models/{PLACE}/tree/"):
            self._json([self._listed(name) for name in self.hub.files])
        elif path in {f"/api/models/{PLACE}/revision/main", f"/api/models/{PLACE}"}:
            self._json({"id": PLACE, "sha": COMMIT, "siblings": [{"rfilename": name} for name in self.hub.files]})
        elif path.startswith(f"/{PLACE}/resolve/") and path.rpartition("/")[2] in self.hub.files:
            self._file(path.rpartition("/")[2], body=body)
        else:
            self._json({"error": "Repository not found"}, 404, {"X-Error-Code": "RepoNotFound"})

    def _listed(self, name: str) -> dict[str, object]:
        content = self.hub.files[name]
        listed: dict[str, object] = {"type": "file", "path": name, "size": len(content), "oid": _git_hash(content)}
        if name == "model.bin":
            listed["lfs"] = {"oid": _etag(name, content), "size": len(content), "pointerSize": 130}
        return listed

    def _json(self, answer: object, status: int = 200, headers: dict[str, str] | None = None) -> None:
        content = json.dumps(answer).encode()
        self._head(status, {"Content-Type": "application/json", "Content-Length": str(len(content))} | (headers or {}))
        if self.command == "GET":
            self.wfile.write(content)

    def _file(self, name: str, *, body: bool) -> None:
        content = self.hub.files[name]
        self.hub.asked[f"{self.command} {name}"] += 1
        start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").partition("-")[0])
        size = len(content) - start
        headers = {"ETag": f'"{_etag(name, content)}"', "X-Repo-Commit": COMMIT, "Content-Length": str(size)}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._head(206 if start else 200, headers)
        if not body:
            return
        if self.hub.damages[name] > 0:
            self.hub.damages[name] -= 1
            content = content[:-9] + b"NOT RIGHT"
        if self.hub.breaks_off[name] > 0:
            self.hub.breaks_off[name] -= 1
            self.close_connection = True
            self.wfile.write(content[start : start + size // 2])
            return
        self.wfile.write(content[start:])

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _etag(name: str, content: bytes) -> str:
    """Big files are named by their hash, small ones as git names them."""
    return hashlib.sha256(content).hexdigest() if name == "model.bin" else _git_hash(content)


def _git_hash(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
