"""What the environment asks for, read once and checked, before anything starts."""

from dataclasses import dataclass
from pathlib import Path

from ai.parameters import RANGES
from echomind.settings import models_ai
from echomind.settings.env import VAR, env
from echomind.stack.errors import StackError
from echomind.stack.llm_settings import Budget

HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Plan:
    """One site. An empty URL means: start the embedded part."""

    var: Path
    host: str
    port: int
    web_processes: int
    database_url: str
    redis_url: str
    broker_url: str
    llm_base_url: str
    llm_api_key: str
    llm_model: str
    budget: Budget

    @property
    def run(self) -> Path:
        """State of the running processes."""
        return self.var / "run"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def mail(self) -> Path:
        """Letters, among them links for new passwords, until a mail server is named."""
        return self.var / "mail"


def read_plan() -> Plan:
    """Raises ImproperlyConfigured or StackError with the name of what is wrong."""
    plan = Plan(
        var=VAR,
        host=env.str("HOST", default="127.0.0.1"),
        port=env.int("PORT", default=8000),
        web_processes=env.int("WEB_PROCESSES", default=1),
        database_url=env.str("DATABASE_URL", default=""),
        redis_url=env.str("REDIS_URL", default=""),
        broker_url=env.str("CELERY_BROKER_URL", default=""),
        llm_base_url=env.str("LLM_BASE_URL", default=""),
        llm_api_key=env.str("LLM_API_KEY", default=""),
        llm_model=env.str("LLM_MODEL", default=""),
        budget=Budget(
            prompt_tokens=models_ai.PROMPT_TOKEN_BUDGET,
            reply_tokens=int(RANGES["max_tokens"].highest),
            replies_at_once=models_ai.REPLY_CONCURRENCY,
        ),
    )
    if not 0 < plan.port <= HIGHEST_PORT:
        raise StackError(f"PORT={plan.port} is no port: choose one between 1 and {HIGHEST_PORT}.")
    if plan.web_processes < 1:
        raise StackError("WEB_PROCESSES must be at least 1.")
    return plan
