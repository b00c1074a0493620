"""Names this app to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AIConfig(AppConfig):
    """The app as Django knows it."""

    name = "ai"
    verbose_name = _("Assistants")
