"""The door for browsers: pages and API over HTTP, rooms over one socket a tab."""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "echomind.settings.prod")
http = get_asgi_application()

from chat.realtime.consumer import consumer  # noqa: E402  (needs the apps loaded)
from echomind.ops.body_limit import BodyLimit  # noqa: E402
from echomind.ops.shedding import Shedding  # noqa: E402
from echomind.ops.staff_socket import staff_socket  # noqa: E402

# Channels calls an ASGI application where Django's types expect a view.
sockets: list[Any] = [path("ws/", consumer), path("ws/staff/", staff_socket)]  # type: ignore[arg-type]

application = ProtocolTypeRouter(
    {
        "http": BodyLimit(
            Shedding(http, at_once=settings.HTTP_REQUESTS_AT_ONCE),
            most=settings.LONGEST_BODY,
        ),
        "websocket": URLRouter(sockets),
    }
)
