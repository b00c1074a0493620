"""The page on which people read the socket's protocol. Its content comes from the classes themselves."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chat.realtime.admission import PROTOCOL
from chat.rest import socket_reference
from chat.rest.socket_example import conversation


@require_safe
def socket_page(request: HttpRequest) -> HttpResponse:
    """For everybody: whoever writes a client may not have an account yet."""
    context = {
        "protocol": PROTOCOL,
        "frame_bytes": settings.SOCKET_FRAME_BYTES,
        "commands": socket_reference.command_entries(),
        "events": socket_reference.event_entries(),
        "values": socket_reference.value_entries(),
        "close_codes": socket_reference.CLOSE_CODES,
        "rejections": socket_reference.rejections(),
        "conversation": conversation(),
    }
    return render(request, "api/socket.html", context)
