"""Users. An assistant is a user row too, so that mentions, avatars and membership have one path."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.types import Language, UserKind


class User(AbstractUser):
    """A person or an assistant. `username` is the handle others mention; `name` is what they read."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(
        _("handle"), max_length=32, unique=True, validators=[ASCIIUsernameValidator()]
    )
    name = models.CharField(_("display name"), max_length=64, blank=True)
    kind = models.CharField(
        _("kind"), max_length=16, choices=UserKind.choices, default=UserKind.PERSON
    )
    language = models.CharField(
        _("language"), max_length=16, choices=Language.choices, default=Language.ZH_HANT
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The display name, or the handle of someone who has set none."""
        return self.name or self.username

    def get_full_name(self) -> str:
        """Django's admin asks for this name."""
        return self.shown_name

    def get_short_name(self) -> str:
        """Django's admin asks for this name."""
        return self.shown_name
