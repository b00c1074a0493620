"""Joins the topic files into one mapping of settings, which dev, test and prod take and change."""

from types import ModuleType
from typing import Any

from echomind.settings import (
    api_tokens,
    base,
    cache,
    celery_queues,
    channel_layer,
    database,
    knowledge,
    logging,
    models_ai,
    pictures,
    security,
    sign_in,
    web,
)

TOPICS: tuple[ModuleType, ...] = (
    base, database, channel_layer, cache, celery_queues, models_ai, knowledge, pictures, security,
    sign_in,
    api_tokens, logging, web,
)  # fmt: skip


def joined() -> dict[str, Any]:
    """Every upper-case name of the topic files; a name set by two topics is an error."""
    settings: dict[str, Any] = {}
    home: dict[str, str] = {}
    for topic in TOPICS:
        for name, value in vars(topic).items():
            if not name.isupper():
                continue
            if name in settings and settings[name] is not value:
                raise RuntimeError(f"{name} is set in {home[name]} and in {topic.__name__}")
            settings[name], home[name] = value, topic.__name__
    return settings
