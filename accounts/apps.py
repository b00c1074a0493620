"""Names this app to Django and hears of every way to log out."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The app as Django knows it."""

    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        """Hear of logouts by the site's page, the admin's, and any other."""
        user_logged_out.connect(_end_session, dispatch_uid="accounts.end_session")


def _end_session(*, request: HttpRequest, user: Any, **unused: Any) -> None:
    from accounts.services.access import announce_revocation

    key = request.session.session_key
    if user is None or key is None:
        return
    request.session.delete()  # Django does so after this: a socket must not come back in between
    announce_revocation(user_id=user.pk, session_key=key)
