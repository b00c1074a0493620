"""Names this app to Django."""

from django.apps import AppConfig


class AIConfig(AppConfig):
    """The app as Django knows it."""

    name = "ai"
