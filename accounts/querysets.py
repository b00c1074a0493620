"""How users are found. Rules about a single user stay in the model."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models

from accounts.handles import normalised
from accounts.types import UserKind

if TYPE_CHECKING:
    from accounts.models import User


class UserQuerySet(models.QuerySet["User"]):
    """Users, by what they are."""

    def people(self) -> "UserQuerySet":
        """Those with a human behind them."""
        return self.filter(kind=UserKind.PERSON)

    def assistants(self) -> "UserQuerySet":
        """Those with a model behind them."""
        return self.filter(kind=UserKind.ASSISTANT)

    def active(self) -> "UserQuerySet":
        """Those who have not been disabled."""
        return self.filter(is_active=True)


class UserManager(DjangoUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users, and finds one by handle whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this handle. Raises User.DoesNotExist."""
        return self.get(username=normalised(username or ""))
