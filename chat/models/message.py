"""What was said, and the reactions to it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.types import MAX_CLIENT_ID, AddresseeKind


class Message(models.Model):
    """One message. `seq` is the number of the room event that created it."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="messages")
    seq = models.PositiveBigIntegerField(_("number"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages")
    client_id = models.CharField(max_length=MAX_CLIENT_ID)
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)
    to_kind = models.CharField(
        _("addressed to"),
        max_length=16,
        choices=AddresseeKind.choices,
        default=AddresseeKind.EVERYONE,
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("addressee"),
    )
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    picture = models.ForeignKey(
        "imaging.Picture", models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    fingerprint = models.CharField(max_length=32, editable=False)
    created_at = models.DateTimeField(_("created"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="one_message_a_number"),
            models.UniqueConstraint(fields=["author", "client_id"], name="one_message_a_client_id"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Reaction(models.Model):
    """One emoji of one member on one message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    emoji = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "user", "emoji"], name="one_reaction")
        ]

    def __str__(self) -> str:
        return self.emoji
