"""The door of this app: where the picture of a member in a room style is."""

from urllib.parse import quote

from accounts.types import UserKind


def avatar_path(username: str, style: str, kind: str) -> str:
    """The URL path of a member's avatar in a style of `imaging.types.Style`.

    The path alone says what the picture shows, so that serving it needs no database.
    """
    folder = "assistants/" if kind == UserKind.ASSISTANT else ""
    return f"/avatars/{style}/{folder}{quote(username, safe='')}.svg"
