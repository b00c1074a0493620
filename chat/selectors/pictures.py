"""The pictures of messages: as messages show them, and who may see one."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from chat.models import Message, Room
from chat.types import RoomKind
from chat.wire import PictureWire
from echomind.common.text import is_storable
from imaging.api import open_to, picture_view, pictures
from imaging.errors import PictureNotFoundError
from imaging.types import SHIBA, PictureView, Style

_ALTS: Mapping[str, str | Promise] = {
    SHIBA: _("A Shiba Inu, drawn from seed {seed}"),
    Style.MINIMALIST: _("A minimalist face, drawn from seed {seed}"),
    Style.COMIC: _("A comic face, drawn from seed {seed}"),
    Style.PIXEL: _("A pixel face, drawn from seed {seed}"),
    Style.REALISTIC: _("A realistic face, drawn from seed {seed}"),
}
_OTHER = _("A picture of kind {kind}, drawn from seed {seed}")


def pictures_of(room: Room, message: Message) -> list[PictureWire]:
    """The pictures of a message, which was selected with its picture."""
    if message.picture is None:
        return []
    return [picture_wire(picture_view(message.picture), room.language)]


def picture_wire(view: PictureView, language: str) -> PictureWire:
    """A picture with words for those who cannot see it."""
    return PictureWire(
        id=view.id,
        url=view.url,
        thumbnail=view.thumbnail,
        download=view.download,
        width=view.width,
        height=view.height,
        kind=view.kind,
        seed=view.seed,
        ms=view.ms,
        alt=alt_of(view.kind, view.seed, language),
    )


def alt_of(kind: str, seed: int | None, language: str) -> str:
    """What there is to see on a picture, in a language."""
    with translation.override(language):
        return str(_ALTS.get(kind, _OTHER)).format(kind=kind, seed=seed)


def picture_for(user: User, public_id: str) -> PictureView:
    """A picture, if the user may see it: a face, one's own, or one in a room that is open to the user.

    Raises PictureNotFoundError.
    """
    shown = Message.objects.filter(removed_at=None).exclude(picture=None)
    here = Q(room__kind=RoomKind.PUBLIC) | Q(room__memberships__user=user)
    found = pictures().filter(
        open_to(user) | Q(pk__in=shown.filter(here).values("picture")), public_id=public_id
    )
    row = found.first() if is_storable(public_id) else None
    if row is None:
        raise PictureNotFoundError
    return picture_view(row)
