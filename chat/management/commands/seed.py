"""`manage.py seed`: the first rooms, assistants and corpus. Running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from chat.services.seed import seed


class Command(BaseCommand):
    """Fill an empty site."""

    help = (
        "Make the first public rooms, the assistants and the first corpus where they are missing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed the database."""
        seed()
