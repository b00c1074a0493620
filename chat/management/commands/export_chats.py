"""`manage.py export_chats FOLDER`: conversations with assistants as JSON lines, a file a language."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.api import user_by_username
from chat.models import Room
from chat.selectors.conversations import all_conversations, own_conversations
from chat.selectors.export import jsonl
from chat.selectors.export_archive import by_language


class Command(BaseCommand):
    """Writes `chat_logs_<language>.jsonl` into a folder; a file appears there once it is whole."""

    help = "Write conversations with assistants into chat_logs_<language>.jsonl files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and whose."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--username", help="only the conversations of this person")

    def handle(self, *, folder: Path, username: str | None, **_: Any) -> None:
        """Write one file after the other."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rooms in by_language(_rooms(username)).items():
            _write(folder / name, rooms)
            self.stdout.write(f"{folder / name}: {len(rooms)}")


def _rooms(username: str | None) -> list[Room]:
    if username is None:
        return list(all_conversations())
    user = user_by_username(username)
    if user is None:
        raise CommandError(f"Nobody here has the handle {username}.")
    return [membership.room for membership in own_conversations(user)]


def _write(path: Path, rooms: Iterable[Room]) -> None:
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        file.writelines(jsonl(rooms))
    unfinished.replace(path)
