"""The socket's commands, events, values, close codes and error codes, read from their classes."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import get_args

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chat import errors, wire
from chat.realtime import commands, events, socket
from echomind.common.errors import EchoMindError

SERVER_RESTART = 1012  # RFC 6455's registry: "service restart"

ACKS: dict[type[commands.Command], str] = {
    commands.RoomOpen: "room, seq, epoch, reload?",
    commands.RoomResume: "room, seq, epoch, reload?",
    commands.MessageSend: "message, seq",
    commands.MessageEdit: "seq",
    commands.MessageDelete: "seq",
    commands.ReactionToggle: "seq",
}
CLOSE_CODES: dict[int, str | Promise] = {
    socket.NOT_SIGNED_IN: _("Not signed in, or signed out meanwhile."),
    socket.NOT_ALLOWED: _("This origin may not open a socket."),
    socket.TOO_SLOW: _("Too slow: too many frames wait. Connect again and resume."),
    socket.TOO_MANY: _("Too many frames in a short time, or too many open sockets."),
    SERVER_RESTART: _("The server restarts. Connect again and resume."),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, what it holds, and whether it may be left out."""

    name: str
    holds: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, an event or a value. `ack` is a command's alone, `durable` an event's."""

    name: str
    says: str
    fields: tuple[Field, ...]
    ack: str = ""
    durable: bool = False


def command_entries() -> list[Entry]:
    """Every command, in the order of the protocol; `id` belongs to all of them."""
    return [
        _entry(kind, leave_out=("id",), ack=ACKS.get(kind, ""))
        for kind in get_args(commands.AnyCommand)
    ]


def event_entries() -> list[Entry]:
    """Every event, durable or not; `room` belongs to all of them."""
    return [_entry(kind, leave_out=("room",), durable=kind.durable) for kind in event_classes()]


def value_entries() -> list[Entry]:
    """The values inside events: messages, authors, members."""
    kinds: list[type[msgspec.Struct]] = [commands.Addressee, *_structs(wire)]
    return [_entry(kind) for kind in kinds if kind is not wire.Wire]


def event_classes() -> Iterator[type[events.Event]]:
    """The event classes that have a name on the wire."""
    for kind in _structs(events):
        if issubclass(kind, events.Event) and kind not in (events.Event, events.DurableEvent):
            yield kind


def rejections() -> list[tuple[str, str | Promise]]:
    """Every code of chat with its sentence, by code."""
    kinds = [kind for kind in vars(errors).values() if _is_error(kind)]
    return sorted((kind.code, kind.sentence) for kind in kinds if kind.sentence)


def _is_error(kind: object) -> bool:
    return (
        inspect.isclass(kind)
        and issubclass(kind, EchoMindError)
        and kind.__module__ == errors.__name__
    )


def _structs(module: ModuleType) -> Iterator[type[msgspec.Struct]]:
    """The structs a module defines, in its order."""
    for kind in vars(module).values():
        defined_here = getattr(kind, "__module__", "") == module.__name__
        if defined_here and inspect.isclass(kind) and issubclass(kind, msgspec.Struct):
            yield kind


def _entry(
    kind: type[msgspec.Struct],
    *,
    leave_out: tuple[str, ...] = (),
    ack: str = "",
    durable: bool = False,
) -> Entry:
    described = msgspec.inspect.type_info(kind)
    fields = tuple(
        Field(field.encode_name, holds(field.type), not field.required)
        for field in described.fields  # type: ignore[attr-defined]  # a struct has fields
        if field.name not in leave_out
    )
    name = str(kind.__struct_config__.tag or kind.__name__.removesuffix("Wire"))
    return Entry(name, inspect.getdoc(kind) or "", fields, ack, durable)


_WORDS: dict[type[msgspec.inspect.Type], str] = {
    msgspec.inspect.StrType: "text",
    msgspec.inspect.IntType: "integer",
    msgspec.inspect.BoolType: "true or false",
    msgspec.inspect.NoneType: "null",
    msgspec.inspect.DateTimeType: "time (ISO 8601)",
}


def holds(kind: msgspec.inspect.Type) -> str:
    """A type in the words of the protocol."""
    match kind:
        case msgspec.inspect.StructType(cls=cls):
            return cls.__name__.removesuffix("Wire")
        case msgspec.inspect.UnionType(types=types):
            return " or ".join(holds(part) for part in types)
        case msgspec.inspect.ListType(item_type=item):
            return f"list of {holds(item)}"
        case msgspec.inspect.DictType(value_type=value):
            return f"object of {holds(value)}"
        case msgspec.inspect.LiteralType(values=values):
            return ", ".join(f"“{value}”" for value in values)
    return _WORDS.get(type(kind), "anything")
