"""How much one web process takes on at a time; what comes above it is told to come again."""

from echomind.settings.env import env

HTTP_REQUESTS_AT_ONCE = env.int("HTTP_REQUESTS_AT_ONCE", default=48)
