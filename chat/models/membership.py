"""Who belongs to a room, in which role, and how far they have read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.types import Role


class Membership(models.Model):
    """One user in one room. `last_read_seq` is the newest event the user has seen there."""

    room = models.ForeignKey(
        "chat.Room",
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("room"),
        db_index=False,  # the indexes below begin with it
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("user"),
        db_index=False,
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.MEMBER)
    last_read_seq = models.PositiveBigIntegerField(_("read up to"), default=0)
    wishes = models.JSONField(default=dict, blank=True, editable=False)  # preset, values
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="one_membership")]
        indexes = [
            models.Index(fields=["room", "id"], name="members_as_they_came"),
            models.Index(fields=["user", "room"], name="rooms_of_a_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.room}"
