"""Names this app to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagingConfig(AppConfig):
    """The app as Django knows it."""

    name = "imaging"
    verbose_name = _("Pictures")
