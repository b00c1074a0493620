"""The face of a user in a style of rooms: drawn from the user's own seed, chosen anew, or sent."""

import hashlib

from accounts.api import User, keep_face
from imaging.errors import KindUnknownError
from imaging.files import keep
from imaging.limits import count_pictures
from imaging.models import Picture, PictureStyle
from imaging.models.picture import Use
from imaging.services.drawing import draw_picture
from imaging.services.requests import request_choices, request_picture
from imaging.services.styles import style_of
from imaging.types import Drawing, FaceChoice, Style
from imaging.uploads.checked import checked_picture


def first_seed(user_id: int, style: PictureStyle) -> int:
    """The seed of the face that a user has until another one is chosen."""
    digest = hashlib.blake2b(f"{user_id}\n{style.slug}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % style.seeds


def make_face(user: User, style: str, *, again: bool = False) -> bool:
    """Draw the user's face in a style, if there is none, or `again` from its own seed. For the worker.

    False where there is nothing to draw: there is one, or its user has sent it. Raises GeneratorError.
    """
    known = Picture.objects.filter(public_id=user.faces.get(style, "")).first()
    if known is not None and (not again or known.seed is None):
        return False
    found = style_of(style)
    seed = first_seed(user.pk, found) if known is None else known.seed
    made = draw_picture(Drawing(style, seed or 0), maker=user, use=Use.FACE)
    keep_face(user=user, style=style, picture=made.public_id)
    return True


def choose_face(*, user: User, style: str, seed: int) -> Picture:
    """Give the user the face of this seed. Raises as `imaging.services.requests.request_picture`."""
    made = request_picture(user=user, kind=_look(style), seed=seed, use=Use.FACE)
    keep_face(user=user, style=style, picture=made.public_id)
    return made


def upload_face(*, user: User, style: str, content: bytes) -> Picture:
    """Give the user a face of their own. Raises UploadError, TooManyPicturesError."""
    count_pictures(user.pk)
    kept = keep(checked_picture(content))
    made = Picture.objects.create(
        use=Use.FACE,
        kind=_look(style),
        sha256=kept.sha256,
        width=kept.width,
        height=kept.height,
        maker=user,
    )
    keep_face(user=user, style=style, picture=made.public_id)
    return made


def face_choices(*, user: User, style: str) -> list[FaceChoice]:
    """Faces that the user could have. Raises as `imaging.services.requests.request_choices`."""
    return request_choices(user=user, kind=_look(style))


def _look(style: str) -> str:
    if style not in list(Style):
        raise KindUnknownError
    return style
