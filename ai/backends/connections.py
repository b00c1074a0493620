"""Connections to model servers: only to addresses that are allowed, however a name spells them.

A name is resolved once, the result is checked, and that very address is connected to: a name that
means something else a moment later gains nothing. TLS still asks for the name.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable
from functools import cache

import httpcore2
import httpx2

from ai.addresses import IPAddress, require_allowed

SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


class CheckedTransport(httpx2.AsyncHTTPTransport):
    """HTTP without proxies over checked connections."""

    def __init__(self) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=_tls(), network_backend=CheckedNetwork()
        )


class CheckedNetwork(httpcore2.AnyIOBackend):
    """Connects to the first address of a host that answers. Raises AddressRefusedError."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (httpcore's signature)
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        failure: httpcore2.NetworkError | httpcore2.TimeoutException | None = None
        for address in await _checked(host, port):
            try:
                return await super().connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
                failure = error
        raise failure or httpcore2.ConnectError("no address")


async def _checked(host: str, port: int) -> list[IPAddress]:
    addresses = await _resolved(host, port)
    for address in addresses:
        require_allowed(address)
    return addresses


async def _resolved(host: str, port: int) -> list[IPAddress]:
    try:
        return [ipaddress.ip_address(host)]
    except ValueError:
        pass  # a name, or a spelling that only the resolver knows: 0xa9fea9fe, 169.254.43518
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore2.ConnectError(str(error)) from error
    return list(dict.fromkeys(ipaddress.ip_address(place[4][0]) for place in found))


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()  # 40 ms: once a process, not once a reply
