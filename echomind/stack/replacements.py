"""Parts that the environment replaces: each URL is tried before anything starts."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

import kombu
import psycopg

from echomind.stack.errors import StackError
from echomind.stack.plan import Plan
from echomind.stack.redis import first_answer

TIMEOUT_S = 5


def check_replacements(plan: Plan) -> None:
    """Raises StackError naming the variable whose server does not answer as it should."""
    if plan.database_url:
        _check_database(plan.database_url)
    if plan.redis_url:
        _check_redis(plan.redis_url)
    if plan.broker_url:
        _check_broker(plan.broker_url)
    if plan.llm_base_url:
        _check_llm(plan.llm_base_url, plan.llm_api_key)


def _check_database(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=TIMEOUT_S).close()
    except psycopg.Error as failure:
        raise _wrong("DATABASE_URL", url, failure) from failure


def _check_redis(url: str) -> None:
    failure = first_answer(url)
    if failure is not None:
        raise _wrong("REDIS_URL", url, failure)


def _check_broker(url: str) -> None:
    try:
        with kombu.Connection(url, connect_timeout=TIMEOUT_S) as broker:
            broker.ensure_connection(max_retries=1, timeout=TIMEOUT_S)
    except (kombu.exceptions.OperationalError, KeyError, ValueError) as failure:
        raise _wrong("CELERY_BROKER_URL", url, failure) from failure


def _check_llm(url: str, api_key: str) -> None:
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    try:
        request = urllib.request.Request(f"{url.rstrip('/')}/models", headers=headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
            answer.read()
    except (urllib.error.URLError, OSError, ValueError) as failure:
        raise _wrong("LLM_BASE_URL", url, failure) from failure


def _wrong(variable: str, url: str, failure: BaseException) -> StackError:
    said = str(getattr(failure, "reason", failure)).strip()
    reason = said.splitlines() or [type(failure).__name__]
    return StackError(f"{variable} ({_without_password(url)}) does not work: {reason[0]}")


def _without_password(url: str) -> str:
    try:
        password = urlsplit(url).password
    except ValueError:
        return "not a URL"
    return url.replace(f":{password}@", ":***@") if password else url
