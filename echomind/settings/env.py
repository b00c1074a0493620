"""Typed readers of the environment; a wrong value stops the start with a sentence."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv

ROOT = Path(__file__).resolve().parents[2]


class NamingEnv(FileAwareEnv):
    """Names the variable that is wrong, where the library shows only its value."""

    def get_value(self, var: str, *args: Any, **options: Any) -> Any:
        try:
            return super().get_value(var, *args, **options)
        except ValueError as wrong:
            raise ImproperlyConfigured(f"{var} has no usable value: {wrong}.") from wrong


env = NamingEnv()
env.read_env(ROOT / ".env")

VAR = Path(env.str("VAR", default=str(ROOT / "var"))).resolve()
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env.int('PORT', default=8000)}")


def address(name: str, *, default: str, schemes: tuple[str, ...]) -> str:
    """The URL in variable `name`. Raises ImproperlyConfigured when it is none of these schemes."""
    url = env.str(name, default=default)
    try:
        parts = urlsplit(url)
        well_formed = parts.scheme in schemes and (parts.port or 1) > 0
    except ValueError:  # a port that is no number
        well_formed = False
    if not well_formed:
        wanted = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} is not a URL that begins with {wanted}.")
    return url


def origins_of(url: str) -> list[str]:
    """The origins under which browsers know the site at `url`: this machine has two names."""
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    hosts = ["localhost", "127.0.0.1"] if parts.hostname == "localhost" else [parts.hostname]
    return [f"{parts.scheme}://{host}{port}" for host in hosts]
