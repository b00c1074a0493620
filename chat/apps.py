"""Names this app to Django and connects it to news from below."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatConfig(AppConfig):
    """The app as Django knows it."""

    name = "chat"
    verbose_name = _("Rooms")

    def ready(self) -> None:
        """Hear from accounts whose access has ended, from imaging which faces are outdated, and from
        rag which documents are gone.
        """
        from accounts.api import access_revoked
        from imaging.api import faces_outdated
        from rag.api import documents_deleted

        access_revoked.connect(_close_sockets, dispatch_uid="chat.close_sockets")
        faces_outdated.connect(_redraw_faces, dispatch_uid="chat.redraw_faces")
        documents_deleted.connect(_forget_passages, dispatch_uid="chat.forget_passages")


def _close_sockets(*, user_id: int, session_key: str | None = None, **_: Any) -> None:
    from chat.realtime.publish import tell_revoked

    tell_revoked(user_id, session_key)


def _redraw_faces(*, style: str, **_: Any) -> None:
    from chat.services.faces import redraw_faces

    redraw_faces(style)


def _forget_passages(*, documents: list[int], corpora: list[int], **_: Any) -> None:
    from chat.services.kept_passages import forget_passages

    forget_passages(documents=documents, corpora=corpora)
