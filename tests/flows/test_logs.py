"""One id follows a message from the request or the socket to the worker that writes the reply."""

import json
from itertools import dropwhile
from typing import Any

from tests.fakes.model_server import ModelServer
from tests.flows.client import Person
from tests.flows.speaking import ask
from tests.live.parts import SitePart
from tests.live.site import LiveSite
from tests.live.waiting import until


def lines(part: SitePart, trace_id: str) -> list[dict[str, Any]]:
    """The log lines of a process that carry the trace id."""
    return [json.loads(line) for line in part.log_text().splitlines() if trace_id in line]


async def trace_of(site: LiveSite, reply: str) -> str:
    """The trace id of a reply that has ended, once the worker has written that down."""
    ((trace_id,),) = site.rows("SELECT trace_id FROM chat_reply WHERE id = %s", reply)

    async def ended() -> bool:
        return any(line["event"] == "reply_ended" for line in lines(site.worker, str(trace_id)))

    await until(ended)
    return str(trace_id)


async def test_a_message_over_http_has_one_id_in_every_process(
    live_site: LiveSite, owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="short")
    to = {"kind": "assistant", "username": assistant}
    reply = (await owner.send(room, "why?", to=to))["reply"]["id"]
    trace_id = await trace_of(live_site, reply)
    (request,) = (
        line for line in lines(live_site.web[0], trace_id) if line["event"] == "request_finished"
    )
    assert (request["trace_id"], request["request_id"]) == (trace_id, trace_id)
    assert request["request"] == f"POST /api/v1/rooms/{room}/messages/"
    told = {line["event"] for line in lines(live_site.worker, trace_id)}
    assert {"reply_written", "reply_ended"} <= told


async def test_a_message_over_the_socket_has_one_id_too(
    live_site: LiveSite, owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="short")
    async with await owner.connect() as socket:
        await socket.open_room(room)
        reply = await ask(socket, room, assistant)
        await socket.expect("reply.finished", reply=reply)
    trace_id = await trace_of(live_site, reply)
    assert {line["trace_id"] for line in lines(live_site.worker, trace_id)} == {trace_id}


async def test_after_its_banner_celery_logs_nothing_but_json(
    live_site: LiveSite, owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text="short")
    reply = (await owner.send(room, "why?", to={"kind": "assistant", "username": assistant}))[
        "reply"
    ]
    await trace_of(live_site, reply["id"])
    for part in (live_site.worker, live_site.beat):
        told = list(dropwhile(lambda line: not line.startswith("{"), part.log_text().splitlines()))
        assert told
        for line in told:
            assert {"event", "level", "timestamp"} <= set(json.loads(line)), line
