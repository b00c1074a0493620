"""What the sweeps do with a reply whose writer is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from chat.models import Membership, Reply, Room
from chat.services import upkeep
from chat.services.drafts import Draft
from chat.services.messages import send_message
from chat.services.replies import cancel_reply
from chat.services.reply_queue import claim_next_reply
from chat.types import AddresseeKind, ReplyState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def abandoned(room: Room, member: User, assistant: User, monkeypatch: pytest.MonkeyPatch) -> Reply:
    """A reply that a worker claimed a minute ago and of which nothing was heard."""
    monkeypatch.setattr(upkeep, "SECOND_LOOK_S", 0.0)
    Membership.objects.create(room=room, user=assistant)
    draft = Draft("one", "why?", AddresseeKind.ASSISTANT, assistant.username)
    send_message(author=member, room=room.slug, draft=draft)
    claimed = claim_next_reply()
    assert claimed is not None
    Reply.objects.update(started_at=timezone.now() - timedelta(minutes=1))
    return claimed


def test_it_gets_another_attempt(abandoned: Reply) -> None:
    upkeep.rescue_abandoned()
    abandoned.refresh_from_db()
    assert abandoned.state == ReplyState.QUEUED


def test_it_ends_if_somebody_asked_for_its_end(abandoned: Reply, member: User) -> None:
    cancel_reply(user=member, reply_id=str(abandoned.pk))
    upkeep.rescue_abandoned()
    abandoned.refresh_from_db()
    assert abandoned.state == ReplyState.STOPPED


def test_it_fails_after_the_last_attempt(abandoned: Reply) -> None:
    Reply.objects.update(attempt=upkeep.MAX_ATTEMPTS)
    upkeep.rescue_abandoned()
    abandoned.refresh_from_db()
    assert (abandoned.state, abandoned.code) == (ReplyState.FAILED, "worker_lost")
