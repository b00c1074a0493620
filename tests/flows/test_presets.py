"""A preset for one question, over the socket: the model is asked with it, or nothing is said."""

import pytest

from accounts.models import User
from ai.api import save_preset
from tests.fakes.model_server import ModelServer
from tests.flows.client import Person, RejectedError
from tests.flows.client.person import new_client_id
from tests.flows.conftest import OnSite
from tests.flows.speaking import say

REPLY_S = 20


async def test_the_model_is_asked_with_the_preset_of_the_question(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="Done.", tokens_per_second=0)
    to = {"kind": "assistant", "username": assistant}
    async with await owner.connect() as socket:
        await socket.open_room(room)
        for preset, temperature in (("creative", 1.3), ("code", 0.3), (None, 0.7)):
            asked = await say(socket, room, "Who?", to=to, preset=preset)
            reply = asked["reply"]["id"]
            await socket.expect("reply.finished", reply=reply, within=REPLY_S)
            assert model.requests()[-1]["temperature"] == temperature


async def test_a_preset_that_is_not_the_askers_is_rejected_and_nothing_is_said(
    owner: Person, member: Person, room: str, assistant: str, on_site: OnSite
) -> None:
    theirs = await on_site(User.objects.get, username=member.username)
    await on_site(save_preset, owner=theirs.pk, name="Theirs", values={})
    to = {"kind": "assistant", "username": assistant}
    fields = {"room": room, "text": "Who?", "to": to}
    async with await owner.connect() as socket:
        for preset, code in (("theirs", "preset_not_found"), (3, "command_invalid")):
            with pytest.raises(RejectedError) as refused:
                await socket.command(
                    "message.send", client_id=new_client_id(), preset=preset, **fields
                )
            assert refused.value.code == code
    assert await owner.messages(room) == []
