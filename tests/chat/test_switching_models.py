"""Another model while replies are written: running ones finish, the next ones use it."""

import asyncio
from collections.abc import Iterator
from threading import Thread

import pytest
from django.db import connection
from pytest_django import Settings

from accounts.models import User
from ai.models import Model
from chat.models import Membership, Reply, Room
from chat.services.write_reply import write_next
from chat.types import UNFINISHED, ReplyState
from echomind.common.queues import Queue
from tests.chat.verify import Frame, verified
from tests.factories.model_servers import make_model
from tests.factories.replies import ask
from tests.fakes.model_server import ModelServer
from tests.live.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4
EACH = 10  # questions of each of two people
FORMER, LATER = "former " * 20, "later " * 20
TRUE_STAGES = {"retrieving", "waiting", "writing"}


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[ModelServer, ModelServer]]:
    """Two servers that say different things."""
    with (
        ModelServer(text=FORMER, tokens_per_second=100) as former,
        ModelServer(text=LATER, tokens_per_second=100) as later,
    ):
        yield former, later


@pytest.fixture
def models(servers: tuple[ModelServer, ModelServer]) -> tuple[Model, Model]:
    """The model of each."""
    former, later = (make_model(server.base_url, name="scripted") for server in servers)
    return former, later


@pytest.fixture
def busy_room(room: Room, assistant: User, models: tuple[Model, Model], settings: Settings) -> Room:
    """The room with its assistant, which answers with the first model."""
    settings.REPLY_CONCURRENCY = AT_ONCE
    Membership.objects.create(room=room, user=assistant)
    room.model = models[0]
    room.save(update_fields=["model"])
    return room


def start_workers() -> list[Thread]:
    """As many as may write at once, each until nothing waits any more."""

    def work() -> None:
        while Reply.objects.filter(state__in=UNFINISHED).exists():
            write_next(Queue.REPLIES)
        connection.close()

    workers = [Thread(target=work) for _ in range(AT_ONCE)]
    for worker in workers:
        worker.start()
    return workers


def wait_for_running(server: ModelServer, count: int) -> None:
    """Return once the server has begun so many answers."""

    async def has_begun() -> bool:
        return server.stats()["started"] >= count

    asyncio.run(until(has_begun, within=20))


def in_state(state: ReplyState) -> set[str]:
    """The ids of the replies in a state."""
    return {str(pk) for pk in Reply.objects.filter(state=state).values_list("pk", flat=True)}


def stages_of(reply: str, told: list[Frame]) -> list[str]:
    """What readers were shown of a reply, in order: that it started, its stages, its first text."""
    shown: list[str] = []
    for frame in told:
        if frame.get("reply") != reply:
            continue
        if frame["type"] == "reply.started":
            shown.append("started")
        if frame["type"] == "reply.status":
            shown.append(frame["stage"])
        if frame["type"] == "reply.delta" and "text" not in shown:
            shown.append("text")
    return shown


def test_running_replies_finish_and_the_next_ones_use_the_other_model(
    busy_room: Room,
    owner: User,
    member: User,
    assistant: User,
    models: tuple[Model, Model],
    servers: tuple[ModelServer, ModelServer],
) -> None:
    with verified(busy_room) as told:
        for _ in range(EACH):
            for asker in (owner, member):
                ask(busy_room, asker, assistant)
        workers = start_workers()
        wait_for_running(servers[0], AT_ONCE + 2)
        running = in_state(ReplyState.WRITING)
        Room.objects.update(model=models[1])
        waiting = in_state(ReplyState.QUEUED)
        for worker in workers:
            worker.join()
    texts = {str(r.pk): r.answer.text for r in Reply.objects.select_related("answer") if r.answer}
    assert len(texts) == 2 * EACH
    assert set(texts.values()) == {FORMER, LATER}
    assert running
    assert all(texts[reply] == FORMER for reply in running)
    assert waiting
    assert all(texts[reply] == LATER for reply in waiting)
    for reply in Reply.objects.all():
        by = models[0] if texts[str(reply.pk)] == FORMER else models[1]
        assert reply.passport["model_id"] == by.pk
        assert "fallback" not in reply.passport
        shown = stages_of(str(reply.pk), told)
        assert shown[-2:] == ["writing", "text"]
        assert shown.count("writing") == 1
        assert shown[0] == "started"
        assert set(shown[1:-1]) <= TRUE_STAGES


def test_a_killed_server_is_replaced_and_readers_are_told(
    busy_room: Room, member: User, assistant: User, models: tuple[Model, Model]
) -> None:
    with ModelServer(text="never said") as mortal:
        lost = make_model(mortal.base_url, name="scripted", title="Large", fallback=models[1])
    Room.objects.update(model=lost)
    Model.objects.filter(pk=models[1].pk).update(title="Small")
    with verified(busy_room) as told:
        reply = ask(busy_room, member, assistant)
        write_next(Queue.REPLIES)
    reply.refresh_from_db()
    assert reply.answer
    assert reply.answer.text == LATER
    note = {"from": "Large", "to": "Small", "reason": "model_unavailable"}
    assert reply.passport["fallback"] == note
    finished = next(frame for frame in told if frame["type"] == "reply.finished")
    assert finished["message"]["reply"]["passport"]["fallback"] == note
    assert stages_of(str(reply.pk), told)[-2:] == ["writing", "text"]
