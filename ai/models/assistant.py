"""The profile that makes a user row an assistant. Who it talks to, and where, is chat's."""

from django.conf import settings
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

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assistants",
        verbose_name=_("owner"),
        help_text=_("Who may change it besides staff."),
    )
    greetings = models.JSONField(_("greetings"), default=dict, blank=True)  # language → text
    instructions = models.JSONField(_("instructions"), default=dict, blank=True)  # language → text
    model = models.ForeignKey(
        "ai.Model",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("model"),
        help_text=_("Empty: the default model."),
    )
    adapter = models.ForeignKey(
        "ai.Adapter",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("adapter"),
    )
    preset = models.ForeignKey(
        "ai.Preset",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("preset"),
    )
    tools = models.JSONField(_("tools"), default=list, blank=True)  # names
    corpora = models.JSONField(_("corpora"), default=list, blank=True)  # slugs

    objects = AssistantQuerySet.as_manager()

    class Meta:
        verbose_name = _("assistant")
        verbose_name_plural = _("assistants")

    def __str__(self) -> str:
        return str(self.user)

    def greeting_in(self, language: str) -> str:
        """What it says where it is new, or nothing."""
        return _in_language(self.greetings, language)

    def instructions_in(self, language: str) -> str:
        """Who it is, for the model to read, or nothing."""
        return _in_language(self.instructions, language)


def _in_language(texts: dict[str, str], language: str) -> str:
    """The text in this language, else in English, else in whichever there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
