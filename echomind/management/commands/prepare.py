"""`manage.py prepare`: bring database, translations and static files up to date. `up` calls it."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from echomind.stack.first_login import ensure_staff_login
from echomind.stack.static_files import collect_if_stale
from echomind.stack.translations import compile_translations


class Command(BaseCommand):
    help = "Migrate, compile translations, collect static files, seed, and make the first login."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        compile_translations(settings.LOCALE_PATHS)
        call_command("migrate", interactive=False, verbosity=1)
        call_command("seed")
        ensure_staff_login(settings.VAR / "first-login.txt")
        collect_if_stale(settings.VAR / "run" / "static-fingerprint")
