"""How many replies of one person may wait: also when they are asked for at the same moment."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import sleep

import pytest
from django.db import connection, transaction

from accounts.models import User
from chat.errors import QueueFullError
from chat.models import Membership, Reply, Room
from chat.services import reply_queue
from chat.services.drafts import Draft
from chat.services.messages import send_message
from chat.services.replies import retry_reply
from chat.types import AddresseeKind, ReplyState
from tests.factories.rooms import make_room

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[Room], object]


@pytest.fixture
def rooms(member: User, assistant: User, monkeypatch: pytest.MonkeyPatch) -> list[Room]:
    """Two rooms of the member with the assistant, on a site where one reply of a person may wait."""
    monkeypatch.setattr(reply_queue, "MAX_WAITING", 1)
    rooms = [make_room(member, name=name) for name in ("Tea", "Coffee")]
    for room in rooms:
        Membership.objects.get_or_create(room=room, user=assistant)
    return rooms


@pytest.fixture
def ask(member: User, assistant: User) -> Act:
    """The member asks the assistant in a room."""

    def ask(room: Room) -> object:
        draft = Draft(f"in {room.pk}", "why?", AddresseeKind.ASSISTANT, assistant.username)
        return send_message(author=member, room=room.slug, draft=draft)

    return ask


@pytest.fixture
def retry(member: User, rooms: list[Room], ask: Act) -> Act:
    """The member tries the failed reply of a room again; each room has one."""
    for room in rooms:
        ask(room)
        Reply.objects.update(state=ReplyState.FAILED)

    def retry(room: Room) -> object:
        return retry_reply(user=member, reply_id=str(Reply.objects.get(room=room).pk))

    return retry


def test_a_question_too_many_is_refused_and_not_sent(rooms: list[Room], ask: Act) -> None:
    ask(rooms[0])
    with pytest.raises(QueueFullError):
        ask(rooms[1])
    assert not rooms[1].messages.exists()


def test_a_reply_tried_again_takes_a_place(rooms: list[Room], retry: Act) -> None:
    retry(rooms[0])
    with pytest.raises(QueueFullError):
        retry(rooms[1])
    assert Reply.objects.get(room=rooms[1]).state == ReplyState.FAILED


@pytest.mark.parametrize("way", ["ask", "retry"])
def test_of_two_at_the_same_moment_one_gets_the_last_place(
    rooms: list[Room], way: str, request: pytest.FixtureRequest
) -> None:
    act: Act = request.getfixturevalue(way)
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            act(rooms[0])
            second = threads.submit(_with_own_connection, act, rooms[1])
            _wait_until_done_or_locked_out(second)
        with pytest.raises(QueueFullError):
            second.result(10)
    assert Reply.objects.filter(state=ReplyState.QUEUED).count() == 1


def _with_own_connection(act: Act, room: Room) -> object:
    try:
        return act(room)
    finally:
        connection.close()


def _wait_until_done_or_locked_out(other: "Future[object]") -> None:
    waiting = 0
    while not other.done() and not waiting:
        sleep(0.01)  # Postgres announces to nobody who waits for a lock
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            (waiting,) = cursor.fetchone()
