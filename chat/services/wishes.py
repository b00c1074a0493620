"""Changes what a member's next questions in a room are asked with, and the room's model."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.api import User
from ai.api import delete_preset, find_preset, read_values, require_choosable
from ai.errors import ParameterUnsupportedError
from ai.types import PresetSummary
from chat.errors import JoinFirstError, NotAllowedError
from chat.models import Membership, Room
from chat.permissions import require_write
from chat.selectors.access import access_to
from chat.selectors.parameters import (
    LiveParameters,
    allowed_in,
    live_parameters,
    may_choose_model,
)


def set_wishes(*, user: User, room: str, preset: str, values: Mapping[str, Any]) -> None:
    """Ask with this preset (empty: the assistant's own) and these values that differ from it.

    Raises RoomNotFoundError, JoinFirstError, ReadOnlyError, PresetNotFoundError,
    ParameterUnsupportedError and the parameter errors.
    """
    checked = read_values(values)
    if preset:
        find_preset(user=user.pk, slug=preset)
    live = live_parameters(user=user, slug=room)
    require_write(live.role)
    _require_supported(live, checked)
    _membership(user, live.room).update(wishes={"preset": preset, "values": checked})


def change_values(*, user: User, room: str, values: Mapping[str, Any], assistant: str = "") -> None:
    """Change some values and keep the others. Raises as `set_wishes`."""
    checked = read_values(values)
    live = live_parameters(user=user, slug=room, assistant=assistant)
    require_write(live.role)
    _require_supported(live, checked)
    with transaction.atomic():
        member = _membership(user, live.room).select_for_update(no_key=True).get()
        kept = member.wishes.get("values", {})
        member.wishes = {"preset": live.preset, "values": kept | checked}
        member.save(update_fields=["wishes"])


def choose_model(*, by: User, room: str, model: int | None) -> None:
    """Let this model answer in the room from the next reply on; None: each assistant's own.

    Raises RoomNotFoundError, JoinFirstError, NotAllowedError, ModelNotAllowedError.
    """
    access = access_to(user=by, slug=room)
    if access.role is None:
        raise JoinFirstError
    if not may_choose_model(access.room, access.role):
        raise NotAllowedError
    if model is not None:
        require_choosable(model, allowed=allowed_in(access.room))
    Room.objects.filter(pk=access.room.pk).update(model=model)


@transaction.atomic
def forget_preset(*, owner: User, slug: str) -> PresetSummary:
    """Delete one's own preset. Rooms where it was chosen keep its values.

    Raises PresetNotFoundError, PresetNotOwnError.
    """
    deleted = delete_preset(owner=owner.pk, slug=slug)
    chosen = Membership.objects.select_for_update(no_key=True).filter(
        user=owner, wishes__preset=slug
    )
    for member in chosen:
        kept = deleted.parameters.changed(member.wishes.get("values", {}))
        member.wishes = {"preset": "", "values": kept.as_json()}
        member.save(update_fields=["wishes"])
    return deleted


def _require_supported(live: LiveParameters, wanted: Mapping[str, Any]) -> None:
    """Raise ParameterUnsupportedError for a new value that the model's server cannot honour."""
    for name in live.unsupported:
        if live.abilities and name in wanted and wanted[name] != getattr(live.parameters, name):
            raise ParameterUnsupportedError(name=name, server=live.abilities.server)


def _membership(user: User, room: Room) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user, room=room)
