"""Redis: the channel layer that wakes browsers, and the address everything else uses."""

from echomind.settings.env import address, env

REDIS_URL = address(
    "REDIS_URL", default="redis://127.0.0.1:6379/0", schemes=("redis", "rediss", "unix")
)

# Bounded waits: a hanging Redis must not hang a page. The layer's own reader waits for ever by design.
REDIS_TIMEOUT_S = 2.0

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "echomind"},
    }
}

# What one socket may send: frames a second on average (four seconds' worth at once), bytes a frame.
SOCKET_FRAMES_PER_S = env.int("SOCKET_FRAMES_PER_S", default=40)
SOCKET_FRAME_BYTES = 128 * 1024

# What one user may have and send. Each web process counts for itself: a send costs no round trip by it.
SOCKETS_PER_USER = env.int("SOCKETS_PER_USER", default=40)
MESSAGES_PER_MINUTE = env.int("MESSAGES_PER_MINUTE", default=120)
DOWNLOADS_PER_MINUTE = env.int("DOWNLOADS_PER_MINUTE", default=20)  # of conversations and rooms
