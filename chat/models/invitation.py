"""Links that let people into a private room."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LIFETIME = timedelta(days=7)


def new_token() -> str:
    """128 random bits, safe in a URL."""
    return secrets.token_urlsafe(16)


def default_expiry() -> datetime:
    """The moment at which a link made now ends."""
    return timezone.now() + LIFETIME


class Invitation(models.Model):
    """Whoever opens the link before it ends becomes a member."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    room = models.ForeignKey(
        "chat.Room", models.CASCADE, related_name="invitations", verbose_name=_("room")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("ends"), default=default_expiry)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return str(self.room)
