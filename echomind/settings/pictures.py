"""Pictures: how fast they are drawn, how many one person may ask for."""

from echomind.settings.env import env

PICTURE_THREADS = env.int("PICTURE_THREADS", default=1)  # processor threads of each generator
PICTURE_CONCURRENCY = env.int("PICTURE_CONCURRENCY", default=1)  # drawn for rooms at once
PICTURES_PER_MINUTE = env.int("PICTURES_PER_MINUTE", default=30)  # of one person
