"""How many pictures one person may ask for in a minute, counted in Redis: it fails closed."""

import math
import time

import redis
from django.conf import settings
from django.core.cache import cache

from imaging.errors import PicturesUnavailableError, TooManyPicturesError

WINDOW_S = 60


def count_pictures(user_id: int, number: int = 1) -> None:
    """Count what a person asks for. Raises TooManyPicturesError, PicturesUnavailableError."""
    window, passed = divmod(time.time(), WINDOW_S)
    key = f"pictures:{user_id}:{int(window)}"
    try:
        cache.add(key, 0, timeout=2 * WINDOW_S)
        asked = cache.incr(key, number)
    except redis.RedisError as error:
        raise PicturesUnavailableError from error
    if asked > settings.PICTURES_PER_MINUTE:
        raise TooManyPicturesError(retry_after_s=math.ceil(WINDOW_S - passed))
