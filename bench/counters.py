"""Counters free of noise: the statements Postgres and the commands Redis have run."""

import os
from collections import Counter
from dataclasses import dataclass

import psycopg
import redis
from psycopg import sql

_STATEMENTS = "SELECT query, sum(calls)::bigint FROM pg_stat_statements GROUP BY query"
_OWN = ("pg_stat_statements", "pg_stat_database")
_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET")
_OF_POSTGRES = "FOR KEY SHARE OF x"  # its own check of a foreign key; nobody sent it
_ROUTINE = {"ping", "info", "hello", "client|setinfo", "auth", "select"}


@dataclass(frozen=True, slots=True)
class Counts:
    """Calls by the text of the statement and by the name of the command."""

    statements: Counter[str]
    commands: Counter[str]

    def since(self, before: "Counts") -> "Counts":
        """What has come on top of `before`."""
        return Counts(self.statements - before.statements, self.commands - before.commands)

    def queries(self) -> Counter[str]:
        """Statements that read or write rows, without those that only frame transactions."""
        return Counter(
            {
                text: calls
                for text, calls in self.statements.items()
                if not text.startswith(_CONTROL)
            }
        )

    def writes(self) -> int:
        """Calls of statements that change rows."""
        changing = ("INSERT", "UPDATE", "DELETE", "WITH")
        return sum(calls for text, calls in self.statements.items() if text.startswith(changing))


def each_time(calls: Counter[str], times: int) -> Counter[str]:
    """What belongs to an operation done `times` times: calls at least half as many, per operation.

    The rest is the regular work of the site, which runs by the clock.
    """
    return Counter({name: round(n / times) for name, n in calls.items() if n >= times / 2})


def read_counts() -> Counts:
    """The counters now."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        rows = connection.execute(_STATEMENTS).fetchall()
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        commands: dict[str, dict[str, int]] = client.info("commandstats")
    names = {name.removeprefix("cmdstat_"): entry["calls"] for name, entry in commands.items()}
    return Counts(
        Counter({query: int(calls) for query, calls in rows if _was_sent_by_the_site(query)}),
        Counter({name: calls for name, calls in names.items() if name not in _ROUTINE}),
    )


def _was_sent_by_the_site(query: str) -> bool:
    return not any(part in query for part in (*_OWN, _OF_POSTGRES))


def rows_of(table: str) -> int:
    """How many rows a table has."""
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        (rows,) = connection.execute(query).fetchone() or (0,)
    return int(rows)
