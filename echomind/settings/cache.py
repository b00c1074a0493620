"""The cache holds the windows of rate limits. Redis answers within seconds, or the limit is closed."""

from redis.backoff import NoBackoff
from redis.retry import Retry

from echomind.settings import channel_layer

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": channel_layer.REDIS_URL,
        "KEY_PREFIX": "cache",
        "OPTIONS": {
            "socket_connect_timeout": channel_layer.REDIS_TIMEOUT_S,
            "socket_timeout": channel_layer.REDIS_TIMEOUT_S,
            "retry": Retry(NoBackoff(), 0),  # by default a dead server is asked four times
        },
    }
}
