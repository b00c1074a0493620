"""Which corpora an answer may be made from: those that everybody who hears it may read."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accounts.types import UserKind
from chat.models import Membership, Reply, Room
from chat.types import RoomKind
from echomind.common.text import normalised
from rag.api import corpus_names, own_corpora, readable_corpora
from rag.types import CorpusName

# static/js/chat/composer/mentions.js completes them.
_NAMED = re.compile(r"(?:^|[^\w#＃])[#＃]([a-z0-9][a-z0-9_-]{0,63})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Library:
    """The corpora of one answer, as ids, and the id of the room that hears it.

    `is_named`: somebody wants answers from these, if there are any, and not from anything else.
    """

    corpora: tuple[int, ...]
    room: int
    is_named: bool

    @property
    def readers(self) -> tuple[int, ...]:
        """The users who must all be able to read them, as of now: others may have come meanwhile."""
        return readers_of(Room.objects.get(pk=self.room))


def readers_of(room: Room) -> tuple[int, ...]:
    """The people who hear what is said in a room; none of a public one, which anybody may enter."""
    if room.kind == RoomKind.PUBLIC:
        return ()
    people = Membership.objects.filter(room=room, user__kind=UserKind.PERSON, user__is_active=True)
    return tuple(people.order_by("user_id").values_list("user_id", flat=True))


def library_for(reply: Reply, *, allowed: Collection[str]) -> Library:
    """What this reply may be made from: what its question names with `#` and all may read, else what its
    room names, else what the assistant knows, else, with nobody else there, the asker's own: what
    somebody else has opened to the asker must be named, or it could slip words under any answer.
    `allowed` are the slugs that the assistant is bound to; empty binds it to none.
    """
    readers = readers_of(reply.room)

    def readable(wanted: Collection[str]) -> tuple[int, ...]:
        slugs = [slug for slug in wanted if not allowed or slug in allowed]
        return tuple(readable_corpora(readers, slugs))

    if named := readable(_named_in(reply.question.text)):
        return Library(named, reply.room_id, is_named=True)
    if bound := _named_by(reply.room) or allowed:
        return Library(readable(bound), reply.room_id, is_named=True)
    if readers == (reply.asker_id,):
        return Library(tuple(own_corpora(reply.asker_id)), reply.room_id, is_named=False)
    return Library((), reply.room_id, is_named=False)


def named_here(room: Room) -> Sequence[CorpusName]:
    """The corpora that a question in this room may name with `#`."""
    return corpus_names(readable_corpora(readers_of(room)))


def _named_by(room: Room) -> list[str]:
    return list(room.corpora.values_list("slug", flat=True))


def _named_in(question: str) -> list[str]:
    return [slug.lower() for slug in _NAMED.findall(normalised(question))]
