"""A model that fails: the reply ends with a code, without broken characters, and can be retried."""

import pytest

from tests.fakes.model_server import ModelServer
from tests.flows.client import Person, RejectedError
from tests.flows.speaking import ask

LONG = "這是一個很長的回答。"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ({"failure": "busy"}, "model_busy"),
        ({"failure": "error"}, "model_failed"),
        ({"failure": "key"}, "model_refused_key"),
        ({"failure": "missing"}, "model_missing"),
        ({"failure": "html"}, "model_garbled"),
        ({"failure": "half"}, "model_garbled"),
        ({"failure": "garbage", "failure_after": 3}, "model_garbled"),
        ({"failure": "cut", "failure_after": 3}, "model_cut_off"),
        ({"failure": "cut_utf8", "failure_after": 3}, "model_cut_off"),
    ],
)
async def test_a_failing_model_ends_the_reply_with_a_code_and_a_retry_mends_it(
    owner: Person,
    room: str,
    assistant: str,
    model: ModelServer,
    script: dict[str, object],
    code: str,
) -> None:
    model.set_script(text=LONG, **script)
    async with await owner.connect() as socket:
        view = await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        failed = await socket.expect("reply.failed", reply=reply, within=30)
        assert failed["code"] == code
        assert "\ufffd" not in "".join(f["text"] for f in socket.seen("reply.delta", reply=reply))
        assert (await owner.reply(reply))["state"] == "failed"
        model.set_script(text="mended")
        await socket.command("reply.retry", reply=reply)
        told = await socket.expect("reply.finished", reply=reply)
        assert (told["message"]["text"], told["attempt"]) == ("mended", failed["attempt"] + 1)
        view.assert_sound()


async def test_a_reply_that_did_not_fail_is_not_tried_again(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="fine")
    async with await owner.connect() as socket:
        await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.expect("reply.finished", reply=reply)
        with pytest.raises(RejectedError) as refused:
            await socket.command("reply.retry", reply=reply)
        assert refused.value.code == "reply_not_failed"
