"""Names this app to Django."""

from django.apps import AppConfig


class ImagingConfig(AppConfig):
    """The app as Django knows it."""

    name = "imaging"
