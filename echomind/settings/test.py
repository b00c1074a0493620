"""Settings of the test run. conftest.py starts the real Postgres and Valkey and sets their addresses."""

from echomind.settings.env import env
from echomind.settings.parts import joined

settings = joined()
globals().update(settings)
# One connection a thread, closed when a test says so: live sites' tests change the database.
settings["DATABASES"]["default"]["OPTIONS"].pop("pool")

DEBUG = False
MESSAGES_PER_MINUTE = 10_000  # tests fill rooms faster than people do
SECRET_KEY = env.str("SECRET_KEY", default="only-for-tests-" + "0" * 32)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
