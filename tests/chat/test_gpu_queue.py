"""Replies whose model server a GPU worker owns wait in a queue of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from ai.models import Model, ModelServer
from ai.placement import SILENT_AFTER, give_up_server, show_life, take_server
from ai.types import ServerKind
from chat.models import Membership, Reply, Room
from chat.selectors.unfinished import unfinished_replies
from chat.services import upkeep
from chat.services.drafts import Draft
from chat.services.messages import send_message
from chat.services.reply_queue import claim_next_reply
from chat.types import AddresseeKind, ReplyState
from echomind.common.queues import Queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gpu_server() -> ModelServer:
    """A vLLM server that a living GPU worker owns."""
    server = ModelServer.objects.create(
        name="card", kind=ServerKind.VLLM, base_url="http://127.0.0.1:8001/v1"
    )
    assert take_server(server)
    return server


@pytest.fixture
def gpu_room(room: Room, assistant: User, gpu_server: ModelServer) -> Room:
    """The room of the owner and the member, which wants the model of that server."""
    Membership.objects.create(room=room, user=assistant)
    room.model = Model.objects.create(server=gpu_server, name="large")
    room.save(update_fields=["model"])
    return room


def ask(room: Room, author: User, assistant: User) -> Reply:
    """The reply that a question opens."""
    draft = Draft(f"{Reply.objects.count()}", "why?", AddresseeKind.ASSISTANT, assistant.username)
    send_message(author=author, room=room.slug, draft=draft)
    return Reply.objects.latest("created_at")


def test_only_a_gpu_worker_takes_the_reply_of_its_server(
    gpu_room: Room, member: User, assistant: User
) -> None:
    asked = ask(gpu_room, member, assistant)
    assert asked.queue == Queue.GPU
    assert claim_next_reply(Queue.REPLIES) is None
    assert claim_next_reply(Queue.GPU) == asked


def test_other_models_are_left_to_ordinary_workers(
    gpu_room: Room, member: User, assistant: User
) -> None:
    Room.objects.update(model=None)
    assert ask(gpu_room, member, assistant).queue == Queue.REPLIES
    assert claim_next_reply(Queue.GPU) is None


@pytest.mark.parametrize("ending", ["silent", "stopped"])
def test_without_a_living_worker_ordinary_ones_write(
    gpu_room: Room, gpu_server: ModelServer, member: User, assistant: User, ending: str
) -> None:
    waiting = ask(gpu_room, member, assistant)
    if ending == "stopped":
        give_up_server(gpu_server)
    else:
        _fall_silent()
    Reply.objects.update(queued_at=timezone.now() - timedelta(minutes=1))
    upkeep.requeue_forgotten()
    waiting.refresh_from_db()
    assert waiting.queue == Queue.REPLIES
    assert ask(gpu_room, member, assistant).queue == Queue.REPLIES


def test_each_queue_has_its_own_number_of_replies_at_once(
    gpu_room: Room, member: User, assistant: User, settings: Settings
) -> None:
    settings.REPLY_CONCURRENCY, settings.GPU_REPLY_CONCURRENCY = 1, 2
    for _ in range(3):
        ask(gpu_room, member, assistant)
    Room.objects.update(model=None)
    ask(gpu_room, member, assistant)
    assert [bool(claim_next_reply(Queue.GPU)) for _ in range(3)] == [True, True, False]
    assert claim_next_reply(Queue.REPLIES)


def test_a_place_is_counted_within_its_queue(
    gpu_room: Room, owner: User, member: User, assistant: User
) -> None:
    ask(gpu_room, member, assistant)
    Room.objects.update(model=None)
    ask(gpu_room, owner, assistant)
    events = [waiting.event for waiting in unfinished_replies([gpu_room.pk])]
    assert [event.place for event in events if hasattr(event, "place")] == [1, 1]


def test_one_worker_owns_a_server_until_it_falls_silent(gpu_server: ModelServer) -> None:
    assert not take_server(gpu_server)
    _fall_silent()
    assert take_server(gpu_server)
    show_life(gpu_server)
    assert not take_server(gpu_server)


def test_a_reply_that_is_tried_again_waits_where_its_server_is_now(
    gpu_room: Room, gpu_server: ModelServer, member: User, assistant: User
) -> None:
    give_up_server(gpu_server)
    assert ask(gpu_room, member, assistant).queue == Queue.REPLIES
    claimed = claim_next_reply(Queue.REPLIES)
    assert claimed
    Reply.objects.update(started_at=timezone.now() - timedelta(minutes=1))
    assert take_server(gpu_server)
    upkeep.rescue_abandoned()
    claimed.refresh_from_db()
    assert (claimed.state, claimed.queue) == (ReplyState.QUEUED, Queue.GPU)


def _fall_silent() -> None:
    ModelServer.objects.update(worker_seen_at=timezone.now() - SILENT_AFTER)
