"""A replaced part that does not answer is named before anything starts, and its password kept."""

from dataclasses import replace

import pytest

from echomind.stack.errors import StackError
from echomind.stack.plan import Plan, read_plan
from echomind.stack.replacements import check_replacements


@pytest.fixture
def plan() -> Plan:
    """Everything embedded."""
    return replace(read_plan(), database_url="", redis_url="", broker_url="", llm_base_url="")


@pytest.mark.parametrize(
    ("part", "variable", "url"),
    [
        ("database_url", "DATABASE_URL", "postgresql://someone:secret@127.0.0.1:1/site"),
        ("redis_url", "REDIS_URL", "redis://:secret@127.0.0.1:1/0"),
        ("broker_url", "CELERY_BROKER_URL", "amqp://someone:secret@127.0.0.1:1//"),
        ("llm_base_url", "LLM_BASE_URL", "http://someone:secret@127.0.0.1:1/v1"),
    ],
)
def test_a_server_that_does_not_answer_is_named_by_its_variable(
    plan: Plan, part: str, variable: str, url: str
) -> None:
    with pytest.raises(StackError) as caught:
        check_replacements(replace(plan, **{part: url}))  # type: ignore[arg-type]
    assert variable in str(caught.value)
    assert "secret" not in str(caught.value)


def test_servers_that_answer_are_accepted(plan: Plan) -> None:
    running = read_plan()  # the test run's own Postgres and Valkey
    check_replacements(
        replace(
            plan,
            database_url=running.database_url,
            redis_url=running.redis_url,
            broker_url=running.broker_url,
        )
    )
