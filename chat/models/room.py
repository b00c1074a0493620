"""Rooms, and the one counter that numbers what happens in each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.types import Language
from chat.types import RoomKind, Style


class Room(models.Model):
    """A place to talk. `seq` is the number of the room's newest durable event."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=64)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    kind = models.CharField(
        _("kind"), max_length=16, choices=RoomKind.choices, default=RoomKind.PUBLIC
    )
    style = models.CharField(
        _("style"), max_length=16, choices=Style.choices, default=Style.MINIMALIST
    )
    language = models.CharField(
        _("language of the assistants"),
        max_length=16,
        choices=Language.choices,
        default=Language.ZH_HANT,
    )
    seq = models.PositiveBigIntegerField(_("newest event"), default=0, editable=False)
    pair = models.CharField(max_length=64, null=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership")

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        indexes = [
            models.Index(fields=["id"], condition=Q(kind=RoomKind.PUBLIC), name="public_rooms")
        ]

    def __str__(self) -> str:
        return self.name
