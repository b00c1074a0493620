"""The profile that makes a user row an assistant. Who it talks to, and where, is chat's."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AssistantQuerySet(models.QuerySet["Assistant"]):
    """Assistants, with the rows a list of them shows."""

    def active(self) -> "AssistantQuerySet":
        """Those whose account is not switched off, with their users."""
        return self.filter(user__is_active=True).select_related("user")

    def usable_by(self, person_id: int) -> "AssistantQuerySet":
        """The public ones and the person's own, the oldest first."""
        usable = models.Q(is_public=True) | models.Q(owner=person_id)
        return self.active().filter(usable).order_by("user_id")


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
    joins_new_rooms = models.BooleanField(
        _("joins new rooms"), default=False, help_text=_("It is in every room from its beginning.")
    )
    names = models.JSONField(_("names on its card"), default=dict, blank=True)  # language → text
    descriptions = models.JSONField(_("descriptions"), default=dict, blank=True)  # language → text
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

    def name_in(self, language: str) -> str:
        """What it is called on its card; in rooms everybody reads the name of its user row."""
        return self.names.get(language) or self.user.shown_name

    def description_in(self, language: str) -> str:
        """The line that says what it is good at, or nothing."""
        return self.descriptions.get(language) or self.description

    def greeting_in(self, language: str) -> str:
        """What it says where it is new, or nothing."""
        return _in_language(self.greetings, language)

    def instructions_in(self, language: str) -> str:
        """Who it is, for the model to read, or nothing."""
        return _in_language(self.instructions, language)


def _in_language(texts: dict[str, str], language: str) -> str:
    """The text in this language, else in English, else in whichever there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
