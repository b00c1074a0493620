"""What an assistant may find out about rooms and messages: a few fixed questions, never free SQL.

It sees what the asker may read, and in company only what everybody here may read too: the answer is
said aloud.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.api import User
from accounts.types import UserKind
from chat.models import Membership, Message, Reply, Room
from chat.types import RoomKind

QUESTIONS = ("count", "ranking", "last", "first", "rooms")
PERIODS = ("today", "yesterday", "this_week", "this_month", "always")
MOST_ROWS = 5
MOST_ROOMS = 10
EXCERPT_CHARACTERS = 120
PATIENCE_MS = 3_000  # of one statement; a tool has ten seconds

Facts = Mapping[str, Any]  # JSON values


@dataclass(frozen=True, slots=True)
class SiteQuestion:
    """One question. Empty fields do not narrow it; `room` empty is the room it was asked in."""

    question: str
    period: str = "always"
    member: str = ""
    word: str = ""
    room: str = ""


def site_facts(reply: Reply, asked: SiteQuestion) -> tuple[Facts, int]:
    """The facts and how many things they are. Raises Django's OperationalError when it takes long."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE_MS)])
        if asked.question == "rooms":
            return _rooms(reply)
        return _about_messages(reply, asked)


def _about_messages(reply: Reply, asked: SiteQuestion) -> tuple[Facts, int]:
    room = _room(reply, asked.room)
    if room is None:
        return {"error": "no such room", "room": asked.room}, 0
    author = _author(room, asked.member) if asked.member else None
    if asked.member and author is None:
        return {"error": "nobody here has this name", "name": asked.member}, 0
    scope = {"room": room.name, **_scope(asked, author)}
    messages = _messages(reply, room, asked, author)
    facts, count = _ANSWERS[asked.question](messages)
    return {**scope, **facts}, count


def _count(messages: QuerySet[Message]) -> tuple[Facts, int]:
    count = messages.count()
    return {"messages": count}, count


def _ranking(messages: QuerySet[Message]) -> tuple[Facts, int]:
    people = messages.filter(author__kind=UserKind.PERSON).order_by()
    rows = people.values("author__name", "author__username").annotate(messages=Count("pk"))
    most = [
        {"who": row["author__name"] or row["author__username"], "messages": row["messages"]}
        for row in rows.order_by("-messages", "author__username")[:MOST_ROWS]
    ]
    return {"most": most}, len(most)


def _last(messages: QuerySet[Message]) -> tuple[Facts, int]:
    return _one(messages.last())


def _first(messages: QuerySet[Message]) -> tuple[Facts, int]:
    return _one(messages.first())


_ANSWERS = {"count": _count, "ranking": _ranking, "last": _last, "first": _first}


def _one(message: Message | None) -> tuple[Facts, int]:
    if message is None:
        return {"messages": 0}, 0
    said = {
        "who": message.author.shown_name,
        "when": timezone.localtime(message.created_at).strftime("%Y-%m-%d %H:%M"),
        "text": message.text[:EXCERPT_CHARACTERS],
    }
    return said, 1


def _rooms(reply: Reply) -> tuple[Facts, int]:
    rooms = list(_told_here(reply).order_by("pk")[:MOST_ROOMS])
    written = Message.objects.filter(room__in=rooms, removed_at=None).exclude(text="").order_by()
    counts = dict(written.values_list("room").annotate(messages=Count("pk")))
    facts = [{"name": room.name, "messages": counts.get(room.pk, 0)} for room in rooms]
    return {"rooms": facts}, len(facts)


def _told_here(reply: Reply) -> QuerySet[Room]:
    """The rooms whose content the asker may read, and whoever hears the answer as well."""
    own = Membership.objects.filter(user=reply.asker_id).values("room")
    readable = Room.objects.filter(Q(kind=RoomKind.PUBLIC) | Q(pk__in=own))
    if _asker_is_alone(reply):
        return readable
    return readable.filter(Q(kind=RoomKind.PUBLIC) | Q(pk=reply.room_id))


def _asker_is_alone(reply: Reply) -> bool:
    """Whether nobody but the asker and assistants can ever read the room."""
    others = Membership.objects.filter(room=reply.room_id, user__kind=UserKind.PERSON)
    return reply.room.kind == RoomKind.DIRECT and not others.exclude(user=reply.asker_id).exists()


def _room(reply: Reply, name: str) -> Room | None:
    rooms = _told_here(reply)
    if not name:
        return rooms.filter(pk=reply.room_id).first()
    return rooms.filter(Q(slug__iexact=name) | Q(name__iexact=name)).order_by("pk").first()


def _author(room: Room, name: str) -> User | None:
    """Somebody who belongs to the room or has written in it, by handle or shown name."""
    handle = name.removeprefix("@")
    called = User.objects.filter(Q(username__iexact=handle) | Q(name__iexact=name))
    members = Membership.objects.filter(room=room).values("user")
    writers = Message.objects.filter(room=room).order_by().values("author").distinct()
    found: User | None = called.filter(Q(pk__in=members) | Q(pk__in=writers)).order_by("pk").first()
    return found


def _messages(
    reply: Reply, room: Room, asked: SiteQuestion, author: User | None
) -> QuerySet[Message]:
    """The messages that the question is about, in their order; itself is not among them."""
    found = Message.objects.filter(room=room, removed_at=None).exclude(text="")
    if room.pk == reply.room_id:
        found = found.filter(seq__lt=reply.question.seq)
    if author is not None:
        found = found.filter(author=author)
    if asked.word:
        found = found.filter(text__icontains=asked.word)
    begin, end = _bounds(asked.period)
    if begin:
        found = found.filter(created_at__gte=begin)
    if end:
        found = found.filter(created_at__lt=end)
    return found.select_related("author").order_by("seq")


def _bounds(period: str) -> tuple[datetime | None, datetime | None]:
    """When a period begins and ends, by the site's clock; weeks begin on Monday."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case "today":
            return today, None
        case "yesterday":
            return today - timedelta(days=1), today
        case "this_week":
            return today - timedelta(days=today.weekday()), None
        case "this_month":
            return today.replace(day=1), None
    return None, None


def _scope(asked: SiteQuestion, author: User | None) -> Facts:
    """What narrowed the question, for the model to repeat."""
    scope: dict[str, Any] = {}
    begin, _end = _bounds(asked.period)
    if begin:
        scope["period"] = asked.period.replace("_", " ")
        scope["since"] = begin.strftime("%Y-%m-%d")
    if author is not None:
        scope["author"] = author.shown_name
    if asked.word:
        scope["containing"] = asked.word
    return scope
