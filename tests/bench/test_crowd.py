"""A crowd finds every delivery that was lost, doubled or out of order."""

import pytest

from bench.load.crowd import Crowd, Listener


@pytest.fixture
def crowd() -> Crowd:
    """One listener who has heard message 1 and is sent 2 and 3."""
    crowd = Crowd()
    crowd.listeners = [Listener(crowd.hearing)]
    crowd.hearing.sent = {1: 0.0}
    say(crowd, 1)
    crowd.begin()
    crowd.hearing.sent = {2: 0.0, 3: 0.0}
    return crowd


def say(crowd: Crowd, *seqs: int) -> None:
    for seq in seqs:
        crowd.listeners[0].on_text(b'{"type":"message.created","room":"r","seq":%d,"x":1}' % seq)


async def test_all_in_order_is_no_fault(crowd: Crowd) -> None:
    say(crowd, 2, 3)

    assert await crowd.drain(within_s=0.1) == 0


async def test_a_lost_message_is_a_fault(crowd: Crowd) -> None:
    say(crowd, 3)

    assert await crowd.drain(within_s=0.1) > 0


async def test_a_doubled_message_is_a_fault(crowd: Crowd) -> None:
    say(crowd, 2, 2, 3)

    assert await crowd.drain(within_s=0.1) > 0


async def test_another_order_is_a_fault(crowd: Crowd) -> None:
    say(crowd, 3, 2)

    assert await crowd.drain(within_s=0.1) > 0
