"""What a member's next question in a room is asked with, and by which model it is answered."""

from dataclasses import dataclass, replace
from typing import Any

from accounts.api import User
from accounts.types import UserKind
from ai.api import PARAMETERS, Parameters, Wishes, abilities_for, brief, model_choices
from ai.errors import PresetNotFoundError
from ai.types import Abilities, Brief, ModelChoice
from chat.errors import JoinFirstError
from chat.models import Membership, Room
from chat.permissions import may_moderate
from chat.selectors.access import access_to
from chat.types import RoomKind


@dataclass(frozen=True, slots=True)
class LiveParameters:
    """One member's parameters in one room. `values` are those that differ from the preset.

    `preset` is a slug, or empty for the assistant's own; one that was deleted meanwhile `is_gone`.
    `parameters` is what comes of both; `abilities` None where the server does not answer.
    """

    room: Room
    role: str
    preset: str
    is_gone: bool
    values: dict[str, Any]
    parameters: Parameters
    abilities: Abilities | None

    @property
    def unsupported(self) -> list[str]:
        """Which parameters the server cannot honour, as far as it told."""
        known = self.abilities.parameters if self.abilities else PARAMETERS
        return [name for name in PARAMETERS if name not in known]

    @property
    def chooses_model(self) -> bool:
        """Whether this member may change the room's model."""
        return may_choose_model(self.room, self.role)


def live_parameters(*, user: User, slug: str, assistant: str = "") -> LiveParameters:
    """The user's parameters for the assistant of this handle, or for the room's first one.

    Raises RoomNotFoundError, and JoinFirstError for a visitor.
    """
    access = access_to(user=user, slug=slug)
    if access.role is None:
        raise JoinFirstError
    room = access.room
    wishes = wishes_in(user=user.pk, room=room.pk)
    preset, values = wishes.get("preset", ""), wishes.get("values", {})
    found, is_gone = _brief(room, user, assistant, Wishes(preset=preset, values=values))
    return LiveParameters(
        room=room,
        role=access.role,
        preset="" if is_gone else preset,
        is_gone=is_gone,
        values=values,
        parameters=found.parameters,
        abilities=abilities_for(found),
    )


def models_of(room: Room) -> list[ModelChoice]:
    """The models that may answer in this room."""
    return model_choices(allowed=allowed_in(room))


def allowed_in(room: Room) -> tuple[int, ...]:
    """The room's list of models; empty where it has none."""
    return tuple(room.allowed_models.values_list("pk", flat=True))


def may_choose_model(room: Room, role: str) -> bool:
    """Owners and moderators; in private messages, where all are equal, everybody."""
    return may_moderate(role) or room.kind == RoomKind.DIRECT


def wishes_in(*, user: int, room: int) -> dict[str, Any]:
    """What this member asks with, as it is kept; nothing for a visitor."""
    rows = Membership.objects.filter(user=user, room=room)
    return rows.values_list("wishes", flat=True).first() or {}


def wishes_for(*, asker: int, room: int, preset: str = "") -> dict[str, Any]:
    """What one question is asked with: this preset as it is, or else what the asker has set."""
    return {"preset": preset, "values": {}} if preset else wishes_in(user=asker, room=room)


def _brief(room: Room, user: User, assistant: str, wishes: Wishes) -> tuple[Brief, bool]:
    """What an assistant would be told, and whether the wished preset is gone."""
    wishes = replace(wishes, model=room.model_id, allowed=allowed_in(room))
    try:
        return _brief_of(room, user, assistant, wishes), False
    except PresetNotFoundError:
        return _brief_of(room, user, assistant, replace(wishes, preset="")), True


def _brief_of(room: Room, user: User, assistant: str, wishes: Wishes) -> Brief:
    return brief(
        assistant=_asked(room, assistant),
        asker=user.pk,
        language=room.language,
        wishes=wishes,
    )


def _asked(room: Room, username: str) -> int:
    """The assistant of this handle, or the one that the room would ask; 0 where there is none."""
    present = dict(
        room.memberships.filter(user__kind=UserKind.ASSISTANT, user__is_active=True)
        .order_by("pk")
        .values_list("user__username", "user_id")
    )
    if username in present:
        return present[username]
    if room.default_assistant_id in present.values():
        return room.default_assistant_id or 0
    return next(iter(present.values()), 0)
