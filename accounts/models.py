"""Users. An assistant is a user row too, so that mentions, avatars and membership have one path."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.handles import MAX_LENGTH, normalised, validate_handle
from accounts.managers import UserManager
from accounts.types import Language, Theme, UserKind


class User(AbstractUser):
    """A person or an assistant. `username` is the handle others mention; `name` is what they read.

    `access_version` grows when every session and token of the user must end. `faces` says which
    picture shows the user in each style of rooms, so that no list of people needs another query.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(
        _("handle"),
        max_length=MAX_LENGTH,
        unique=True,
        validators=[validate_handle],
        error_messages={"unique": _("This handle is taken.")},
    )
    name = models.CharField(_("display name"), max_length=64, blank=True)
    kind = models.CharField(
        _("kind"), max_length=16, choices=UserKind.choices, default=UserKind.PERSON
    )
    language = models.CharField(
        _("language"), max_length=16, choices=Language.choices, default=Language.ZH_HANT
    )
    theme = models.CharField(_("theme"), max_length=16, choices=Theme.choices, default=Theme.SYSTEM)
    faces = models.JSONField(default=dict, blank=True, editable=False)  # style: id of a picture
    access_version = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")), name="handle_is_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The display name, or the handle of someone who has set none."""
        return self.name or self.username

    @property
    def is_person(self) -> bool:
        """Whether somebody sits behind it, and no assistant."""
        return self.kind == UserKind.PERSON

    @classmethod
    def normalize_username(cls, username: str | None) -> str:
        """Django calls this for every handle it makes or cleans, and for none in a refused form."""
        return normalised(super().normalize_username(username or ""))

    def get_full_name(self) -> str:
        """Django's admin asks for this name."""
        return self.shown_name

    def get_short_name(self) -> str:
        """Django's admin asks for this name."""
        return self.shown_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """As Django's, over the access version too: a session ends when either changes."""
        return salted_hmac(
            "accounts.User.session_auth_hash",
            f"{self.password}:{self.access_version}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
