"""One Redis serves one site: a second one is told so before it disturbs the first."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
import redis

from echomind.stack.errors import StackError
from echomind.stack.plan import Plan, read_plan
from echomind.stack.redis_owner import MARKER, claim_redis


@pytest.fixture
def plan() -> Iterator[Plan]:
    """A site whose Redis is replaced, by the test run's own."""
    plan = replace(read_plan(), broker_url="")
    with redis.Redis.from_url(plan.redis_url) as server:
        server.delete(MARKER)
        yield plan
        server.delete(MARKER)


@pytest.fixture
def databases(plan: Plan) -> Iterator[list[str]]:
    """Addresses of two sites' databases."""
    addresses = []
    with psycopg.connect(plan.database_url, autocommit=True) as connection:
        for name in ("first_site", "second_site"):
            connection.execute(f"CREATE SCHEMA {name}")
            connection.execute(f"CREATE TABLE {name}.django_migrations AS SELECT now() AS applied")
            addresses.append(f"{plan.database_url}?options=-csearch_path%3D{name}")
        yield addresses
        connection.execute("DROP SCHEMA first_site, second_site CASCADE")


def test_a_redis_is_its_sites_for_every_later_start(plan: Plan, databases: list[str]) -> None:
    for _ in range(2):
        claim_redis(plan, databases[0])


@pytest.mark.parametrize("number", [0, 5])
@pytest.mark.parametrize("part", ["redis_url", "broker_url"])
def test_another_site_is_refused_in_each_database_of_it(
    plan: Plan, databases: list[str], part: str, number: int
) -> None:
    claim_redis(plan, databases[0])
    same_server = plan.redis_url.rpartition("/")[0] + f"/{number}"
    other = replace(plan, **({"redis_url": "", "broker_url": ""} | {part: same_server}))  # type: ignore[arg-type]
    with pytest.raises(StackError, match="another site"):
        claim_redis(other, databases[1])


def test_a_site_with_embedded_parts_asks_nobody(plan: Plan) -> None:
    claim_redis(replace(plan, redis_url="", broker_url="amqp://broker//"), "")
