"""What tests do again and again: say something, ask an assistant, find its answer."""

from typing import Any

from tests.flows.client import Person, Socket
from tests.flows.client.person import new_client_id
from tests.flows.client.shapes import Json


async def say(socket: Socket, room: str, text: str, **fields: Any) -> Json:
    """Send a message over a socket and return it."""
    ack = await socket.command(
        "message.send", room=room, client_id=new_client_id(), text=text, **fields
    )
    message: Json = ack["message"]
    return message


async def ask(socket: Socket, room: str, assistant: str, text: str = "Who are you?") -> str:
    """Ask an assistant over a socket and return the id of its reply."""
    to = {"kind": "assistant", "username": assistant}
    reply: str = (await say(socket, room, text, to=to))["reply"]["id"]
    return reply


async def assistant_of(person: Person, room: str) -> str:
    """The username of an assistant in the room."""
    members = (await person.room(room))["members"]
    username: str = next(m["username"] for m in members if m["kind"] == "assistant")
    return username


async def answer_to(person: Person, room: str, reply: str) -> Json:
    """The one message in which an assistant's reply ended."""
    answers = [
        message
        for message in await person.messages(room)
        if message["author"]["kind"] == "assistant" and message["reply"]["id"] == reply
    ]
    assert len(answers) == 1
    return answers[0]
