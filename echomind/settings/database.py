"""Postgres: one pool per process, short transactions, bounded waits."""

from echomind.settings.env import address, env

DATABASE_URL = address(
    "DATABASE_URL",
    default="postgresql://postgres@127.0.0.1:5432/echomind",
    schemes=("postgresql", "postgres"),
)
DATABASES = {
    "default": {
        **env.db_url_config(DATABASE_URL),
        "CONN_MAX_AGE": 0,
        # After a restart of Postgres the pool would hand out its dead connections one by one.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {
                "min_size": 1,
                "max_size": env.int("DATABASE_POOL", default=12),
                "timeout": 10,
            },
            "connect_timeout": 5,
            "options": "-c statement_timeout=15000 -c lock_timeout=8000",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
