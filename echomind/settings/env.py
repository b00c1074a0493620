"""Typed readers of the environment; a wrong value stops the start with a sentence."""

from pathlib import Path

from environ import FileAwareEnv

ROOT = Path(__file__).resolve().parents[2]

env = FileAwareEnv()
env.read_env(ROOT / ".env")

VAR = Path(env.str("VAR", default=str(ROOT / "var"))).resolve()
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env.int('PORT', default=8000)}")
