"""The door for browsers: pages and API over HTTP, rooms over one socket a tab."""

import os

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "echomind.settings.prod")
http = get_asgi_application()

from chat.realtime.routing import socket_application  # noqa: E402  (needs the apps loaded)
from echomind.ops.shedding import Shedding  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": Shedding(http, at_once=settings.HTTP_REQUESTS_AT_ONCE),
        "websocket": socket_application,
    }
)
