"""The socket's way in: admits a tab, parses its frames, passes commands on, answers each exactly once.

A plain ASGI application: measured, Channels' own consumer makes a task and a thread hop for each frame.
Nothing here waits for a model.
"""

import uuid
from typing import Any

import msgspec
import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils import translation

from accounts.api import User
from chat.errors import FrameInvalidError, FrameTooLargeError, UnavailableError
from chat.realtime.admission import PROTOCOL, RefusedError
from chat.realtime.answers import Answers
from chat.realtime.commands import AnyCommand, parse
from chat.realtime.frame_rate import FrameRate
from chat.realtime.process import Process, process
from chat.realtime.socket import TOO_MANY, TRY_AGAIN, Credential, Send, Socket
from echomind.common.errors import EchoMindError

logger = structlog.get_logger(__name__)

Receive = Any
_encode = msgspec.json.Encoder().encode


async def consumer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One tab from its handshake to its end."""
    await receive()  # websocket.connect
    here = process()
    try:
        user, credential = await _admit(here, scope)
        socket = Socket(
            send,
            user_id=user.pk,
            username=user.username,
            language=user.language,
            credential=credential,
        )
        async with here.hosting(socket):  # first: an end of access told from now on is heard
            asked = PROTOCOL if PROTOCOL in scope.get("subprotocols", []) else None
            await send({"type": "websocket.accept", "subprotocol": asked})
            socket.begin()
            answers = Answers(socket=socket, user=user, hub=here.hub, resumer=here.resumer)
            await _read(socket, answers, receive)
    except RefusedError as refusal:
        await send({"type": "websocket.accept"})  # a refused handshake could not say why
        await send({"type": "websocket.close", "code": refusal.close_code})


async def _admit(here: Process, scope: dict[str, Any]) -> tuple[User, Credential]:
    """As `Admission.admit`; while Postgres is away the tab is sent off to try again."""
    try:
        return await here.admission.admit(scope)
    except DatabaseError as error:
        logger.warning("handshake_unknown", error=str(error))
        raise RefusedError(TRY_AGAIN) from error


async def _read(socket: Socket, answers: Answers, receive: Receive) -> None:
    """Take frames one after another, so that a tab's messages keep their order."""
    rate = FrameRate()
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        if socket.closing:
            continue  # it is not heard any more; the server tells when it is closed
        if rate.allows_one():
            await _answer(socket, answers, message)
        else:
            socket.close(TOO_MANY)


async def _answer(socket: Socket, answers: Answers, message: dict[str, Any]) -> None:
    """Answer one frame with `ack` or `command.rejected`, then send what the command promised."""
    command: AnyCommand | None = None
    try:
        with translation.override(socket.language):
            command = _command(message)
            fields = await _obey(answers, command)
    except EchoMindError as error:
        own_id = command.id if command is not None else error.data.get("id")
        socket.offer(_rejection(own_id, error, socket.language))
        return
    socket.offer(_encode({"id": command.id, "type": "ack", **fields}).decode())
    await answers.follow_up()


def _command(message: dict[str, Any]) -> AnyCommand:
    text = message.get("text")
    if text is None:
        raise FrameInvalidError
    if len(text) > settings.SOCKET_FRAME_BYTES:
        raise FrameTooLargeError(limit=settings.SOCKET_FRAME_BYTES)
    return parse(text)


async def _obey(answers: Answers, command: AnyCommand) -> dict[str, Any]:
    """Run the command under an id that follows it into the logs of every process."""
    trace_id = uuid.uuid4().hex
    with structlog.contextvars.bound_contextvars(trace_id=trace_id):
        try:
            fields = await answers.to(command, trace_id)
        except DatabaseError as error:
            logger.error("database_away", error=str(error))  # noqa: TRY400  (the cause is known)
            raise UnavailableError from error
        logger.debug("command", type=command.__struct_config__.tag)
        return fields


def _rejection(own_id: object, error: EchoMindError, language: str) -> str:
    with translation.override(language):
        return _encode(
            {
                "id": own_id,
                "type": "command.rejected",
                "code": error.code,
                "message": str(error.sentence),
                "data": {key: value for key, value in error.data.items() if key != "id"},
            }
        ).decode()
