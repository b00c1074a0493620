"""Where the socket lives."""

from channels.routing import URLRouter
from django.urls import path

from chat.realtime.consumer import consumer

socket_application = URLRouter([path("ws/", consumer)])
