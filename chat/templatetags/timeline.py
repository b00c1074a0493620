"""Filters of the timeline's templates."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.translation import gettext as _

from chat.pages.reading import Reading, Row, rows_of
from chat.pages.sources import SourceRow, source_rows, sources_words
from chat.pages.strings import picture_sentence, stand_in_sentence
from chat.pages.tool_uses import ToolUseRow, tool_rows
from chat.types import AddresseeKind, Role
from chat.wire import MemberWire, MessageWire, PictureWire

register = template.Library()


@register.filter
def timeline_rows(messages: Iterable[MessageWire], reading: Reading) -> Iterator[Row]:
    """Messages with the day lines and grouping between them."""
    return rows_of(messages, reading)


@register.filter
def addressee(message: MessageWire | None, members: Iterable[MemberWire]) -> str:
    """The name of the one a message is for; empty for everyone."""
    if message is None or message.to.kind == AddresseeKind.EVERYONE:
        return ""
    names = {member.username: member.name for member in members}
    username = message.to.username or ""
    return names.get(username, username)


@register.filter
def tool_uses(message: MessageWire | None) -> list[ToolUseRow]:
    """What the assistant did with tools for this answer."""
    return tool_rows(message)


@register.filter
def sources(message: MessageWire | None) -> list[SourceRow]:
    """The passages that this answer was made from."""
    return source_rows(message)


@register.simple_tag
def sources_title(count: int) -> str:
    """What stands on the closed list of so many passages."""
    return sources_words().format(count=count)


@register.filter
def picture_facts(picture: PictureWire | None) -> str:
    """What stands below a picture; as in static/js/chat/timeline/pictures.js."""
    if picture is None:
        return ""
    return picture_sentence().format(
        width=picture.width,
        height=picture.height,
        seed=picture.seed,
        seconds=f"{picture.ms / 1000:.2f}",
    )


@register.filter
def is_only_picture(message: MessageWire | None) -> bool:
    """Whether the words of a message only stand for its picture."""
    return message is not None and any(each.alt == message.text for each in message.pictures)


@register.filter
def stand_in(message: MessageWire | None) -> str:
    """A note where another model than the wanted one wrote this answer; else nothing."""
    reply = message.reply if message else None
    if message is None or reply is None or reply.assistant != message.author.username:
        return ""
    note = reply.passport.get("fallback")
    return stand_in_sentence().format(**note) if note else ""


@register.filter
def role_mark(member: MemberWire | None) -> str:
    """A role worth a word beside the handle; members have none."""
    marks = {Role.OWNER: _("owner"), Role.MODERATOR: _("moderator"), Role.READER: _("reads only")}
    word = marks.get(Role(member.role)) if member else None
    return f" · {word}" if word else ""
