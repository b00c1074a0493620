"""The web server: uvicorn processes that accept on one socket, which outlives each of them."""

import errno
import http.client
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from echomind.settings.env import SITE_URL
from echomind.stack.child import Program
from echomind.stack.errors import StackError
from echomind.stack.ports import LOOPBACK
from echomind.stack.service import Service

BACKLOG = 2048
DEAF_AFTER_MS = 60_000
NO_ANSWER = (urllib.error.URLError, ConnectionError, TimeoutError)
WHOLE_WITHIN_S, POLL_S = 30.0, 0.3


class WebServer(Service):
    """One of the processes. While it restarts, the others, or the backlog, take new connections."""

    ready_within_s = 60.0

    def __init__(
        self, number: int, listening: socket.socket, environment: Mapping[str, str], log: Path
    ) -> None:
        super().__init__()
        self.name = f"web-{number}"
        self.listening, self.environment, self.log = listening, environment, log

    def program(self) -> Program:
        descriptor = self.listening.fileno()
        return Program(
            argv=[sys.executable, "-m", "echomind.stack.web_process", str(descriptor)],
            log=self.log,
            environment=self.environment,
            pass_fds=(descriptor,),
        )

    def is_ready(self) -> bool:
        try:
            with _ask(self.listening, "/healthz"):
                return True
        except NO_ANSWER:
            return False


def listen(host: str, port: int) -> socket.socket:
    """The site's listening socket. Raises StackError when the port is taken or not allowed."""
    try:
        listening = socket.create_server((host, port), backlog=BACKLOG)
    except OSError as failure:
        if failure.errno == errno.EADDRINUSE:
            raise StackError(
                f"Port {port} on {host} is in use; choose another, as in: make run PORT={port + 1}"
            ) from failure
        reason = (failure.strerror or "").partition(" (")[0]  # Python repeats the address there
        raise StackError(f"Cannot listen on {host}:{port}: {reason}.") from failure
    # Accepted sockets take both over. One that never reads is dropped, not kept for ever; and a frame
    # does not wait 40 ms for the acknowledgement of the one before it: uvicorn takes a socket that was
    # handed to it for a Unix one, so nobody sets this later.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAF_AFTER_MS)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def wait_until_whole(listening: socket.socket) -> str:
    """Wait until every part answers through the site; returns what /readyz says of the missing."""
    deadline = time.monotonic() + WHOLE_WITHIN_S
    while True:
        try:
            with _ask(listening, "/readyz"):
                return ""
        except urllib.error.HTTPError as answer:
            report = answer.read().decode(errors="replace")
        except NO_ANSWER as failure:
            report = str(failure)
        if time.monotonic() > deadline:
            return report
        time.sleep(POLL_S)


def _ask(listening: socket.socket, path: str) -> http.client.HTTPResponse:
    """Ask the site under its own name, which ALLOWED_HOSTS knows, at the address it listens on."""
    host, port = listening.getsockname()
    address = LOOPBACK if host == "0.0.0.0" else host  # noqa: S104  (compared, not listened on)
    url, headers = f"http://{address}:{port}{path}", {"Host": urlsplit(SITE_URL).netloc}
    request = urllib.request.Request(url, headers=headers)
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=10)  # noqa: S310
    return answer
