"""A question is asked with what its asker had set when it was asked."""

import pytest
from pytest_django import Settings

from accounts.models import User
from ai.api import change_preset, save_preset, seed_models_and_presets
from ai.errors import PresetNotFoundError
from ai.models import Preset
from chat.errors import ClientIdConflictError
from chat.models import Membership, Message, Reply, Room
from chat.selectors.parameters import live_parameters
from chat.selectors.reply_context import reply_request
from chat.services.drafts import Draft
from chat.services.messages import send_message
from chat.services.wishes import change_values, set_wishes
from chat.services.write_reply import write_next
from chat.types import AddresseeKind, ReplyState
from echomind.common.queues import Queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def presets(db: None, settings: Settings) -> None:
    """The site's presets; its model server does not answer."""
    settings.LLM_BASE_URL = "http://127.0.0.1:9/v1"
    seed_models_and_presets()


@pytest.fixture
def with_assistant(room: Room, assistant: User) -> Room:
    """The room, with an assistant in it."""
    Membership.objects.get_or_create(room=room, user=assistant)
    return room


def ask(author: User, room: Room, client_id: str = "one", preset: str = "") -> Reply:
    """The reply that a question to the room's assistant opens."""
    draft = Draft(client_id, "Who?", AddresseeKind.ASSISTANT, "sage", preset=preset)
    sent = send_message(author=author, room=room.slug, draft=draft)
    return Reply.objects.select_related("room", "assistant", "asker", "question").get(
        question=sent.message.id
    )


def test_the_reply_has_the_askers_wishes_and_no_one_elses(
    with_assistant: Room, owner: User, member: User
) -> None:
    set_wishes(user=member, room=with_assistant.slug, preset="code", values={"top_k": 3})
    assert reply_request(ask(owner, with_assistant, "a")).brief.parameters.top_k == 40
    parameters = reply_request(ask(member, with_assistant, "b")).brief.parameters
    assert (parameters.temperature, parameters.top_k) == (0.3, 3)


def test_a_later_change_leaves_the_waiting_reply_as_it_was(
    with_assistant: Room, member: User
) -> None:
    change_values(user=member, room=with_assistant.slug, values={"temperature": 1.2})
    waiting = ask(member, with_assistant)
    change_values(user=member, room=with_assistant.slug, values={"temperature": 0.2})
    assert reply_request(waiting).brief.parameters.temperature == 1.2


def test_one_question_with_another_preset_has_that_preset_as_it_is(
    with_assistant: Room, member: User
) -> None:
    set_wishes(user=member, room=with_assistant.slug, preset="chat", values={"top_k": 3})
    once = reply_request(ask(member, with_assistant, "a", preset="creative")).brief
    assert (once.parameters.temperature, once.parameters.top_k) == (1.3, 50)
    after = reply_request(ask(member, with_assistant, "b")).brief
    assert (after.parameters.temperature, after.parameters.top_k) == (0.7, 3)


def test_a_preset_of_ones_own_answers_ones_own_questions(
    with_assistant: Room, owner: User, member: User
) -> None:
    save_preset(owner=member.pk, name="Mine", values={"temperature": 1.5})
    reply = ask(member, with_assistant, preset="mine")
    assert reply_request(reply).brief.parameters.temperature == 1.5
    with pytest.raises(PresetNotFoundError):
        ask(owner, with_assistant, preset="mine")


@pytest.mark.parametrize("preset", ["nope", "a\0b", "x" * 10_000])
def test_an_unknown_preset_is_refused_before_anything_is_written(
    with_assistant: Room, member: User, preset: str
) -> None:
    with pytest.raises(PresetNotFoundError):
        ask(member, with_assistant, preset=preset)
    to_everyone = Draft("two", "Hello", preset=preset)
    with pytest.raises(PresetNotFoundError):
        send_message(author=member, room=with_assistant.slug, draft=to_everyone)
    assert (Message.objects.count(), Reply.objects.count()) == (0, 0)


def test_the_preset_is_part_of_what_a_client_id_stands_for(
    with_assistant: Room, member: User
) -> None:
    first = ask(member, with_assistant, "one", preset="code")
    assert ask(member, with_assistant, "one", preset="code").pk == first.pk
    with pytest.raises(ClientIdConflictError):
        ask(member, with_assistant, "one", preset="chat")


def test_a_reply_whose_preset_is_gone_fails_with_its_code(
    with_assistant: Room, member: User
) -> None:
    reply = ask(member, with_assistant, preset="creative")
    Preset.objects.filter(slug="creative").delete()
    write_next(Queue.REPLIES)
    reply.refresh_from_db()
    assert (reply.state, reply.code) == (ReplyState.FAILED, "preset_not_found")


def test_a_preset_that_staff_took_away_is_told_and_the_others_stay(
    with_assistant: Room, member: User
) -> None:
    set_wishes(user=member, room=with_assistant.slug, preset="creative", values={"top_k": 3})
    Preset.objects.filter(slug="creative").delete()
    live = live_parameters(user=member, slug=with_assistant.slug)
    assert (live.is_gone, live.preset) == (True, "")
    assert (live.parameters.temperature, live.parameters.top_k) == (0.7, 3)


def test_a_changed_preset_counts_from_the_next_reply_that_is_written(
    with_assistant: Room, member: User
) -> None:
    save_preset(owner=member.pk, name="Mine", values={"temperature": 1.5})
    reply = ask(member, with_assistant, preset="mine")
    change_preset(owner=member.pk, slug="mine", name="Mine", values={"temperature": 0.5})
    assert reply_request(reply).brief.parameters.temperature == 0.5
