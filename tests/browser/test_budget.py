"""How much a first view of a room costs: requests, bytes, shifts of the layout."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession

from tests.browser.visitor import Visitor

REQUESTS = 10
BYTES = 100_000
SCRIPT_BYTES = 40_000
SHIFT = 0.02
WATCH_SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Traffic:
    """What a tab loaded: bytes on the wire by address."""

    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def watch(self, client: CDPSession) -> None:
        """Begin to count."""
        client.send("Network.enable")
        client.on("Network.responseReceived", self._began)
        client.on("Network.loadingFinished", self._ended)

    def _began(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["response"]["url"]

    def _ended(self, event: dict[str, Any]) -> None:
        address = self.addresses.get(event["requestId"], "")
        self.sizes[address] = int(event["encodedDataLength"])


def test_a_first_view_of_a_room_is_light(both_inside: str, owner: Visitor, member: Visitor) -> None:
    for number in range(10):
        owner.say(f"line {number}")
        member.say(f"answer {number}")
    page = member.tab()
    page.add_init_script(WATCH_SHIFTS)
    client = member.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    traffic = Traffic()
    traffic.watch(client)
    member.enter(both_inside, page)
    page.wait_for_load_state("networkidle")
    scripts = sum(size for address, size in traffic.sizes.items() if address.endswith(".js"))
    assert len(traffic.sizes) <= REQUESTS, list(traffic.sizes)
    assert sum(traffic.sizes.values()) <= BYTES, traffic.sizes
    assert scripts <= SCRIPT_BYTES
    assert page.evaluate("window.shift") <= SHIFT
