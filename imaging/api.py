"""The door of this app: where the picture of a member in a room style is, and how pictures are made."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from accounts.types import UserKind
from imaging.limits import count_pictures
from imaging.selectors import (
    accents,
    can_draw,
    file_of,
    open_to,
    picture_view,
    pictures,
    style_names,
)
from imaging.services.drawing import draw_picture
from imaging.services.faces import choose_face, face_choices, make_face, upload_face
from imaging.services.requests import remake_later, request_drawing, request_picture
from imaging.services.styles import seed_styles
from imaging.signals import faces_outdated
from imaging.uploads.checked import require_size as require_upload_size

if TYPE_CHECKING:
    from accounts.api import User

__all__ = [
    "accents",
    "avatar_of",
    "can_draw",
    "choose_face",
    "count_pictures",
    "draw_picture",
    "face_choices",
    "faces_outdated",
    "file_of",
    "make_face",
    "open_to",
    "picture_view",
    "pictures",
    "placeholder_path",
    "remake_later",
    "request_drawing",
    "request_picture",
    "require_upload_size",
    "seed_styles",
    "style_names",
    "upload_face",
]


def avatar_of(user: "User", style: str) -> str:
    """The URL path of a user's face in a style; until it is drawn, that of a placeholder."""
    face = user.faces.get(style)
    return f"/pictures/{face}.webp" if face else placeholder_path(user.username, style, user.kind)


def placeholder_path(username: str, style: str, kind: str) -> str:
    """The URL path of a placeholder in a style of `imaging.types.Style`.

    The path alone says what the picture shows, so that serving it needs no database.
    """
    folder = "assistants/" if kind == UserKind.ASSISTANT else ""
    return f"/avatars/{style}/{folder}{quote(username, safe='')}.svg"
