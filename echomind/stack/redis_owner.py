"""Whose a replaced Redis is. Two sites in one would hear each other's bells and do each other's work,
also in two databases of it, because those share their channels: so the second is refused.
"""

from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

from echomind.stack.errors import StackError
from echomind.stack.plan import Plan

MARKER = "echomind:site"  # in database 0
TIMEOUT_S = 5


def claim_redis(plan: Plan, database_url: str) -> None:
    """Mark the replaced Redis, and a broker of that kind, as this site's.

    Raises StackError naming the variable whose server another site has marked.
    """
    servers = {"REDIS_URL": plan.redis_url, "CELERY_BROKER_URL": plan.broker_url}
    replaced = {name: url for name, url in servers.items() if url.startswith(("redis", "unix"))}
    if not replaced:
        return
    site = _made_at(database_url)
    for variable, url in replaced.items():
        owner = _claimed(url, site)
        if owner != site:
            raise StackError(
                f"{variable} is the Redis of another site (its database was made at {owner}): give"
                f" each site one of its own. If that site is gone, delete the key {MARKER} there."
            )


def _made_at(database_url: str) -> str:
    """When the site's database was made, to the microsecond; a copy that is restored keeps it."""
    with psycopg.connect(database_url, connect_timeout=TIMEOUT_S) as connection:
        first = "SELECT to_json(min(applied) AT TIME ZONE 'UTC') #>> '{}' FROM django_migrations"
        row = connection.execute(first).fetchone()
    return str(row[0]) if row else ""


def _claimed(url: str, site: str) -> str:
    """The site that the server is marked with, which is this one if it was unmarked."""
    with redis.Redis.from_url(
        _first_database(url), decode_responses=True, socket_timeout=TIMEOUT_S
    ) as server:
        return str(server.set(MARKER, site, nx=True, get=True) or site)


def _first_database(url: str) -> str:
    parts = urlsplit(url)
    return url if parts.scheme == "unix" else urlunsplit(parts._replace(path="/0"))
