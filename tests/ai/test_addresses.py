"""Addresses of model servers: own machines may be asked, metadata of clouds in no spelling."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import httpcore2
import pytest

from ai.addresses import require_allowed_host
from ai.backends.base import ServerSettings
from ai.backends.connections import CheckedNetwork
from ai.backends.http_client import ask, open_post
from ai.backends.registry import backend_for
from ai.errors import AddressRefusedError, ModelFailedError, ModelUnavailableError
from ai.types import Route

REFUSED_URLS = [
    "http://169.254.169.254/v1",
    "http://169.254.169.254:80/latest/meta-data/",
    "https://169.254.169.254/v1",
    "http://169.254.170.2/v1",
    "http://169.254.0.1/v1",
    "http://2852039166/v1",  # the same as one number,
    "http://0xa9fea9fe/v1",  # as a hexadecimal one,
    "http://0xa9.0xfe.0xa9.0xfe/v1",
    "http://0251.0376.0251.0376/v1",  # in octal,
    "http://169.254.43518/v1",  # in three and in two parts,
    "http://169.16689662/v1",
    "http://[::ffff:a9fe:a9fe]/v1",  # and inside an address of IPv6
    "http://[::ffff:169.254.169.254]/v1",
    "http://[0:0:0:0:0:ffff:a9fe:a9fe]/v1",
    "http://[::a9fe:a9fe]/v1",
    "http://[64:ff9b::a9fe:a9fe]/v1",
    "http://[64:ff9b:1::a9fe:a9fe]/v1",
    "http://[2002:a9fe:a9fe::]/v1",
    "http://[2001:0:4136:e378:8000:63bf:5601:5601]/v1",
    "http://[fe80::1]/v1",
    "http://[febf::1]/v1",
    "http://[fd00:ec2::254]/v1",
    "http://[fd20:ce::254]/v1",
    "http://100.100.100.200/v1",
    "http://168.63.129.16/v1",
    "http://192.0.0.192/v1",
    "http://0.0.0.0/v1",
    "http://0/v1",
    "http://[::]/v1",
    "http://224.0.0.1/v1",
    "http://[ff02::1]/v1",
    "http://255.255.255.255/v1",
    "http://240.0.0.1/v1",
    "http://user@127.0.0.1/v1",
    "http://user:key@127.0.0.1/v1",
    "http://127.0.0.1\\@169.254.169.254/v1",
    "http://127.0.0.1/v1?to=http://169.254.169.254",
    "http://127.0.0.1/v1#x",
    "http://127.0.0.1 .example/v1",
    "http://127.0.0.1/v1\r\nX-Key: 1",
    "http://127.0.0.1:0/v1",
    "http://127.0.0.1:99999/v1",
    "http://[::1/v1",
    "http:///v1",
    "ftp://127.0.0.1/v1",
    "file:///etc/passwd",
    "gopher://127.0.0.1/v1",
    "127.0.0.1:8080/v1",
    "//127.0.0.1/v1",
    "",
]
ALLOWED_URLS = [
    "http://127.0.0.1:8080/v1",
    "http://localhost:8080/v1",
    "http://[::1]:8080/v1",
    "http://[::ffff:127.0.0.1]:8080/v1",
    "http://10.0.0.7:8000/v1",
    "http://192.168.1.20:11434/v1",
    "http://172.16.3.4/v1",
    "http://[fd12:3456::1]:8000/v1",
    "http://100.64.0.9:8000/v1",
    "https://1.1.1.1/v1",
    "http://no-such-host.invalid:8000/v1",  # switched off now; checked again when it is asked
]


@pytest.mark.parametrize("url", REFUSED_URLS)
def test_an_address_that_leads_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        require_allowed_host(url)


@pytest.mark.parametrize("url", ALLOWED_URLS)
def test_own_machines_and_public_servers_are_allowed(url: str) -> None:
    require_allowed_host(url)


@pytest.mark.parametrize("url", [url for url in REFUSED_URLS if url.startswith("http")])
async def test_a_refused_address_is_never_connected_to(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def connected(*_: Any, **__: Any) -> None:
        pytest.fail("a connection was made")

    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", connected)
    with pytest.raises(AddressRefusedError):
        await backend_for(Route(base_url=url))
    with pytest.raises(AddressRefusedError):
        async with open_post(ServerSettings(url), "/api/chat", {}, trace_id="trace"):
            pytest.fail("an answer came")


async def test_a_name_that_leads_to_metadata_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _meaning("169.254.169.254"))
    with pytest.raises(AddressRefusedError):
        require_allowed_host("http://models.example/v1")
    with pytest.raises(AddressRefusedError):
        await ask(ServerSettings("http://models.example/v1"), "/v1/models")


async def test_one_refused_address_among_others_refuses_the_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _meaning("127.0.0.1", "169.254.169.254"))
    with pytest.raises(AddressRefusedError):
        await ask(ServerSettings("http://models.example/v1"), "/v1/models")


async def test_the_address_that_was_checked_is_the_one_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that means something else at every look gains nothing."""
    looked: list[str] = []
    meanings = iter(["127.0.0.1", "169.254.169.254"])

    def changing(host: str, *arguments: Any, **options: Any) -> Any:
        if host != "rebind.example":
            return real(host, *arguments, **options)
        looked.append(next(meanings))
        return _meaning(looked[-1])(host, *arguments, **options)

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", changing)
    with redirecting() as port:
        stream = await CheckedNetwork().connect_tcp("rebind.example", port)
        peer = stream.get_extra_info("server_addr")
        await stream.aclose()
    assert looked == ["127.0.0.1"]
    assert peer[0] == "127.0.0.1"


async def test_a_redirect_is_not_followed() -> None:
    with redirecting() as port:
        server = ServerSettings(f"http://127.0.0.1:{port}/v1")
        assert await ask(server, "/props") is None
        with pytest.raises((ModelFailedError, ModelUnavailableError)):
            await backend_for(Route(base_url=server.base_url))
        with pytest.raises(ModelFailedError):
            async with open_post(server, "/api/chat", {}, trace_id="trace"):
                pytest.fail("an answer came")


async def test_every_address_of_a_name_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `localhost`, which often means ::1 first, where an own server does not listen."""
    monkeypatch.setattr(socket, "getaddrinfo", _meaning("127.0.0.2", "127.0.0.1"))
    with redirecting() as port:
        stream = await CheckedNetwork().connect_tcp("models.example", port)
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
        await stream.aclose()


def _meaning(*addresses: str) -> Any:
    """A resolver that knows one meaning for all names."""

    def resolve(host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses
        ]

    return resolve


@contextmanager
def redirecting() -> Iterator[int]:
    """A server that sends everybody to the metadata of a cloud; its port."""
    server = HTTPServer(("127.0.0.1", 0), _Redirecting)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Redirecting(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(307)
        self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
        self.end_headers()

    do_POST = do_GET  # noqa: N815  (the standard library's names)

    def log_message(self, *_: Any) -> None: ...
