"""What django-allauth asks this site: which handles are free, and how an account is written."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.handles import RESERVED, normalised
from accounts.models import User
from accounts.services.access import change_password


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The site's own answers; the rest are allauth's."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "username_password_mismatch": _("The handle or the password is wrong."),
        "username_blacklisted": _("This handle is reserved. Choose another."),
        "username_taken": _("This handle is taken."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes and try again."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The handle as it is kept. Raises ValidationError for a reserved, taken or odd one."""
        handle = normalised(username)
        if handle in RESERVED:
            raise self.validation_error("username_blacklisted")
        cleaned: str = super().clean_username(handle, shallow=shallow)
        return cleaned

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Write the account of a sign-up form."""
        user.name = form.cleaned_data["name"]
        user.language = form.cleaned_data["language"]
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def set_password(self, user: User, password: str) -> None:
        """Called for a changed and for a reset password."""
        change_password(user=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page that has the button."""
        return reverse("accounts:profile")
