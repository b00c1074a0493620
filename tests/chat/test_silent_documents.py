"""An answer that no model wrote: the site said by itself that the documents are silent."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from chat.errors import ReplyCompleteError, ReplyNotRepeatableError
from chat.models import Membership, Room
from chat.services.versions import continue_reply, regenerate_reply, repeat_reply
from tests.factories.replies import answer, ask

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_can_be_had_anew_but_neither_run_again_nor_gone_on_from(
    client: Client, room: Room, member: User, assistant: User
) -> None:
    Membership.objects.get_or_create(room=room, user=assistant)
    use = {
        "name": "search_documents", "arguments": {"query": "why?"}, "result": "Not there.",
        "count": 0, "ms": 5, "error": "",
    }  # fmt: skip
    silent = ask(room, member, assistant)
    answer("Not there.", passport={"model": "", "tools": [use], "queue_ms": 3})
    User.objects.filter(pk=member.pk).update(language="en")
    client.force_login(member)
    page = client.get(reverse("chat:passport", args=[silent.pk])).content.decode()
    assert "No model wrote this answer." in page
    assert "Run again exactly" not in page
    with pytest.raises(ReplyNotRepeatableError):
        repeat_reply(user=member, reply_id=str(silent.pk))
    with pytest.raises(ReplyCompleteError):
        continue_reply(user=member, reply_id=str(silent.pk))
    assert regenerate_reply(user=member, reply_id=str(silent.pk)).version == 2
