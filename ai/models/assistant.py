"""The profile that makes a user row an assistant. Who it talks to, and where, is chat's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssistantQuerySet(models.QuerySet["Assistant"]):
    """Assistants, with the rows a list of them shows."""

    def public(self) -> "AssistantQuerySet":
        """Those anybody may address, whose account is not switched off; by name."""
        found = self.filter(is_public=True, user__is_active=True)
        return found.select_related("user").order_by("user__name", "user_id")


class Assistant(models.Model):
    """What an assistant is beyond its user row, which holds its handle, name and language."""

    user = models.OneToOneField(
        "accounts.User", models.CASCADE, related_name="assistant", verbose_name=_("user")
    )
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Anybody may invite it or write to it.")
    )
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("One line that says what it is good at."),
    )

    objects = AssistantQuerySet.as_manager()

    class Meta:
        verbose_name = _("assistant")
        verbose_name_plural = _("assistants")

    def __str__(self) -> str:
        return str(self.user)
