"""Names this app to Django."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """The app as Django knows it."""

    name = "chat"
