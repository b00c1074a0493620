"""Redis: the channel layer that wakes browsers, and the address everything else uses."""

from echomind.settings.env import env

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")

# Bounded waits: a hanging Redis must not hang a page. The layer's own reader waits for ever by design.
REDIS_TIMEOUT_S = 2.0

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "echomind"},
    }
}
