"""Who answers a message, and whether with a picture: asked for by words that need no model."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from accounts.api import User
from chat.models import Message
from chat.selectors.drawing_requests import DrawingRequest, drawing_asked_in
from chat.selectors.painter import painter_in
from chat.services.answering import speakers_for
from chat.types import AddresseeKind
from imaging.api import count_pictures, request_drawing
from imaging.errors import GeneratorMissingError
from imaging.types import Drawing

ANY_SEED = 1_000_000  # below it while nobody knows how many there are


@dataclass(frozen=True, slots=True)
class Asked:
    """The assistants that answer a message, in order; `drawing` is what the only one is to draw."""

    speakers: Sequence[User]
    drawing: Mapping[str, Any] | None = None


def asked_by(message: Message) -> Asked:
    """What a message asks of whom.

    Raises KindUnknownError, SeedInvalidError, TooManyPicturesError, PicturesUnavailableError.
    """
    asked = drawing_asked_in(message.text)
    painter = _painter_for(message) if asked else None
    if asked is None or painter is None:
        return Asked(speakers_for(message))
    drawing = _drawing(asked)
    count_pictures(message.author_id)
    return Asked([painter], asdict(drawing))


def redrawn(drawing: Mapping[str, Any]) -> Mapping[str, Any]:
    """Another picture of the same kind. Raises as `imaging.api.request_drawing`."""
    return asdict(request_drawing(drawing["kind"], None))


def _painter_for(message: Message) -> User | None:
    """The assistant that a message is for, else the room's; nobody draws what one member is told."""
    if message.to_kind == AddresseeKind.ASSISTANT:
        return message.to_user
    return painter_in(message.room) if message.to_kind == AddresseeKind.EVERYONE else None


def _drawing(asked: DrawingRequest) -> Drawing:
    try:
        return request_drawing(asked.kind, asked.seed, asked.wishes)
    except GeneratorMissingError:  # the message stands, and its reply will say what is wrong
        seed = secrets.randbelow(ANY_SEED) if asked.seed is None else asked.seed
        return Drawing(asked.kind, seed)
