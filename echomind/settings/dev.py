"""Settings of a developer's machine: debug pages, a fixed key, daphne behind `runserver`."""

from echomind.settings.env import env
from echomind.settings.parts import joined

shared = joined()
globals().update(shared)

INSTALLED_APPS = [
    "daphne",
    *shared["INSTALLED_APPS"],
]  # it brings Twisted: a running site needs none
DEBUG = True
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-" + "0" * 32)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
