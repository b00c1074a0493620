"""How many messages one user may send in a minute, by whichever door they come."""

import itertools
from collections.abc import Iterator

import pytest
from django.test import override_settings

from accounts.models import User
from chat.errors import TooManyMessagesError
from chat.models import Message, Room
from chat.services.drafts import Draft
from chat.services.messages import send_message
from echomind.common import minute_rate
from echomind.common.minute_rate import WINDOW_S, MinuteRate

LIMIT = 3

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def few_messages() -> Iterator[None]:
    """A site on which nobody may send more than three."""
    with override_settings(MESSAGES_PER_MINUTE=LIMIT):
        yield


def send_often(room: Room, author: User) -> None:
    """More than the limit, even where the first of them fall into the minute before."""
    for number in range(2 * LIMIT + 1):
        send_message(author=author, room=room.slug, draft=Draft(f"{number}", "hello"))


def test_what_is_too_much_is_refused_and_not_sent(room: Room, owner: User, member: User) -> None:
    with pytest.raises(TooManyMessagesError) as refused:
        send_often(room, member)
    assert refused.value.data["retry_after_s"] in range(1, WINDOW_S + 1)
    assert LIMIT <= Message.objects.count() <= 2 * LIMIT
    assert send_message(author=owner, room=room.slug, draft=Draft("one", "mine")).created


def test_the_next_minute_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = itertools.chain([0.0] * (LIMIT + 1), [float(WINDOW_S)])
    monkeypatch.setattr(minute_rate, "monotonic", lambda: next(minutes))
    rate = MinuteRate(lambda: LIMIT, TooManyMessagesError)
    for _ in range(LIMIT):
        rate.count(1)
    with pytest.raises(TooManyMessagesError):
        rate.count(1)
    rate.count(1)
