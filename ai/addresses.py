"""Which addresses of model servers may be asked. Staff enter them, so they are not trusted.

Loopback and private networks are allowed: own model servers live there. What only a cloud's machines
can reach, above all their metadata with keys inside, is refused in every spelling.
"""

import ipaddress
import re
import socket
from urllib.parse import SplitResult, urlsplit

from ai.errors import AddressRefusedError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4",  # here, link-local, groups
        "::/128", "fe80::/10", "ff00::/8",
        "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32",  # metadata outside link-local
        "fd00:ec2::254/128", "fd20:ce::254/128",
    )
)  # fmt: skip
# Networks of IPv6 whose last 32 bits are an address of IPv4: translated (RFC 6052) and compatible.
_HOLDS_IPV4 = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))
_LARGEST_IPV4 = 2**32 - 1
_UNSAFE = re.compile(r"[\s\\\x00-\x20\x7f]")


def read_address(url: str) -> SplitResult:
    """The parts of a server's address. Raises AddressRefusedError for what is no plain http(s)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefusedError(reason="malformed") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise AddressRefusedError(reason="not http or https")
    if "@" in parts.netloc or parts.query or parts.fragment or _UNSAFE.search(url):
        raise AddressRefusedError(reason="more than scheme, host, port and path")
    return parts


def require_allowed_host(url: str) -> None:
    """Raise AddressRefusedError where the host of an address leads to one that is refused.

    A name that nobody knows now passes: whoever connects checks again what it means then.
    """
    parts = read_address(url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    for place in found:
        require_allowed(ipaddress.ip_address(place[4][0]))


def require_allowed(address: IPAddress) -> None:
    """Raise AddressRefusedError for a network address that no model server may have."""
    plain = _ipv4_in(address) or address
    if any(plain.version == network.version and plain in network for network in _REFUSED):
        raise AddressRefusedError(reason=str(address))


def _ipv4_in(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The address of IPv4 to which one of IPv6 leads in the end, if it is such a one."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.teredo:
        return address.teredo[1]
    if wrapped := address.ipv4_mapped or address.sixtofour:
        return wrapped
    last = int(address) & _LARGEST_IPV4
    if last > 1 and any(address in network for network in _HOLDS_IPV4):  # 0 and 1: :: and ::1
        return ipaddress.IPv4Address(last)
    return None
