"""Where the socket lives."""

from typing import Any

from channels.routing import URLRouter
from django.urls import path

from chat.realtime.consumer import consumer

_route: Any = consumer  # Channels calls an ASGI application where Django's types expect a view
socket_application = URLRouter([path("ws/", _route)])
