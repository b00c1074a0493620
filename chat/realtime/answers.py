"""What each command does: one short service, and the fields of the acknowledgement."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from accounts.api import User
from chat.errors import ReadOnlyError
from chat.permissions import may_write
from chat.realtime import commands
from chat.realtime.events import TypingChanged
from chat.realtime.hub import Hub
from chat.realtime.publish import tell_room
from chat.realtime.resume import Opening, Resumer
from chat.realtime.socket import Socket
from chat.realtime.threads import in_thread
from chat.services.drafts import Draft
from chat.services.messages import delete_message, edit_message, send_message
from chat.services.reactions import toggle_reaction
from chat.services.reading import mark_read
from chat.services.replies import cancel_reply, retry_reply

TYPING_EVERY_S = 1.0  # a tab's typing is told at most so often

Fields = dict[str, Any]


class Answers:
    """One tab's commands."""

    def __init__(self, *, socket: Socket, user: User, hub: Hub, resumer: Resumer) -> None:
        self._socket, self._user, self._hub, self._resumer = socket, user, hub, resumer
        self._opened: Opening | None = None
        self._typed_at = 0.0
        self._answers: dict[type[commands.Command], Callable[[Any], Awaitable[Fields]]] = {
            commands.RoomOpen: self._open,
            commands.RoomResume: self._open,
            commands.RoomClose: self._close,
            commands.MessageEdit: self._edit,
            commands.MessageDelete: self._delete,
            commands.ReactionToggle: self._react,
            commands.ReadMark: self._mark_read,
            commands.TypingStart: self._typing,
            commands.ReplyCancel: self._cancel,
            commands.ReplyRetry: self._retry,
        }

    async def to(self, command: commands.AnyCommand, trace_id: str) -> Fields:
        """The acknowledgement's fields. Raises an EchoMindError, and then nothing was written."""
        if isinstance(command, commands.MessageSend):
            return await self._send(command, trace_id)
        return await self._answers[type(command)](command)

    async def follow_up(self) -> None:
        """Send what a room just opened still owes the tab, once its acknowledgement is on the way."""
        opened, self._opened = self._opened, None
        if opened is not None:
            await self._resumer.follow(self._socket, opened)

    async def _open(self, command: "commands.RoomOpen | commands.RoomResume") -> Fields:
        self._opened = await self._resumer.open(self._socket, command.room, command.after_seq)
        return self._opened.ack()

    async def _close(self, command: commands.RoomClose) -> Fields:
        access = await self._resumer.access(self._socket, command.room)
        self._hub.close_room(self._socket, access.room.pk)
        return {}

    async def _send(self, command: commands.MessageSend, trace_id: str) -> Fields:
        draft = Draft(
            client_id=command.client_id,
            text=command.text,
            to_kind=command.to.kind,
            to_username=command.to.username,
            reply_to=command.reply_to,
            preset=command.preset or "",
        )
        sent = await in_thread(
            send_message, author=self._user, room=command.room, draft=draft, trace_id=trace_id
        )
        return {"message": msgspec.to_builtins(sent.message), "seq": sent.message.seq}

    async def _edit(self, command: commands.MessageEdit) -> Fields:
        seq = await in_thread(
            edit_message, editor=self._user, message_id=command.message, text=command.text
        )
        return {"seq": seq}

    async def _delete(self, command: commands.MessageDelete) -> Fields:
        seq = await in_thread(delete_message, editor=self._user, message_id=command.message)
        return {"seq": seq}

    async def _react(self, command: commands.ReactionToggle) -> Fields:
        seq = await in_thread(
            toggle_reaction, user=self._user, message_id=command.message, emoji=command.emoji
        )
        return {"seq": seq}

    async def _mark_read(self, command: commands.ReadMark) -> Fields:
        await in_thread(mark_read, user=self._user, room=command.room, seq=command.seq)
        return {}

    async def _typing(self, command: commands.TypingStart) -> Fields:
        access = await self._resumer.access(self._socket, command.room)
        if access.role is None or not may_write(access.role):
            raise ReadOnlyError
        if time.monotonic() - self._typed_at >= TYPING_EVERY_S:
            self._typed_at = time.monotonic()
            event = TypingChanged(room=command.room, username=self._user.username, typing=True)
            await in_thread(tell_room, access.room.pk, event)
        return {}

    async def _cancel(self, command: commands.ReplyCancel) -> Fields:
        await in_thread(cancel_reply, user=self._user, reply_id=command.reply)
        return {}

    async def _retry(self, command: commands.ReplyRetry) -> Fields:
        await in_thread(retry_reply, user=self._user, reply_id=command.reply)
        return {}
