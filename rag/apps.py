"""Names this app to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RagConfig(AppConfig):
    """The app as Django knows it."""

    name = "rag"
    verbose_name = _("Knowledge")
