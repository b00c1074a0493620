"""`manage.py seed`: the four rooms and the assistant. Running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from chat.services.seed import seed


class Command(BaseCommand):
    """Fill an empty site."""

    help = "Make the four public rooms and the public assistant where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed the database."""
        seed()
