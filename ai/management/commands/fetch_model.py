"""`manage.py fetch_model NAME`: put a model of the catalogue into the cache."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ai.catalogue import find_model, load_catalogue
from ai.fetch import fetch_model
from echomind.common.errors import EchoMindError
from echomind.common.machine_cache import cache_folder


class Command(BaseCommand):
    help = "Fetch a language model of the catalogue into the cache that clones share."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=", ".join(load_catalogue()))

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        try:
            path = fetch_model(find_model(name), cache_folder())
        except EchoMindError as failure:
            raise CommandError(str(failure.sentence)) from failure
        self.stdout.write(str(path))
