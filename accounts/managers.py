"""How users are found. Rules about a single user stay in the model."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db.models import QuerySet

from accounts.handles import normalised
from accounts.types import UserKind

if TYPE_CHECKING:
    from accounts.models import User


class UserManager(DjangoUserManager["User"]):
    """Makes users, and finds one by handle whatever its case."""

    use_in_migrations = False

    def may_sign_in(self) -> QuerySet["User"]:
        """People whose account is not disabled. An assistant never signs in."""
        return self.filter(kind=UserKind.PERSON, is_active=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this handle. Raises User.DoesNotExist."""
        return self.get(username=normalised(username or ""))
