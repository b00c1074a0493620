"""Conversations as files: what is in them, and that a long one costs no more memory than a short one."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from chat.models import Message, Room
from chat.selectors.conversations import conversation_of
from chat.selectors.export import jsonl, markdown
from chat.selectors.export_archive import archive
from chat.selectors.transcripts import PAGE
from chat.services.end_reply import Outcome, end_reply
from chat.services.messages import delete_message
from chat.services.replies import cancel_reply
from chat.services.versions import regenerate_reply
from chat.types import ReplyState
from tests.factories.conversations import ask, exchange, make_conversation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(owner: User, assistant: User) -> Room:
    """The owner's, about tea."""
    return make_conversation(owner, assistant, title="茶\t與 / 咖啡")


def lines(room: Room) -> list[dict[str, object]]:
    """The lines of a conversation's log."""
    room.refresh_from_db()
    return [json.loads(line) for line in b"".join(jsonl([room])).decode().splitlines()]


def turns(room: Room) -> list[tuple[str, str]]:
    """Role and content of each turn of the log's one line."""
    (line,) = lines(room)
    history = line["history"]
    assert isinstance(history, list)
    return [(turn["role"], turn["content"]) for turn in history]


def test_a_log_has_one_line_a_conversation_in_readable_chinese(
    owner: User, conversation: Room
) -> None:
    exchange(conversation, owner, "紅茶「怎麼」泡？\n第二行", "用熱水。🍵")
    conversation.refresh_from_db()
    written = b"".join(jsonl([conversation])).decode()
    assert written.count("\n") == 1
    assert "紅茶「怎麼」泡？" in written
    (line,) = lines(conversation)
    assert list(line) == ["timestamp", "history"]
    assert datetime.fromisoformat(str(line["timestamp"])).tzinfo is not None
    assert turns(conversation) == [
        ("user", "紅茶「怎麼」泡？\n第二行"),
        ("assistant", "用熱水。🍵"),
    ]


def test_what_was_deleted_or_never_said_is_left_out(owner: User, conversation: Room) -> None:
    gone = exchange(conversation, owner, "take this back", "answer")
    stopped = ask(conversation, owner, "stop here")
    cancel_reply(user=owner, reply_id=str(stopped.pk))
    delete_message(editor=owner, message_id=gone.question_id)
    assert turns(conversation) == [("assistant", "answer"), ("user", "stop here")]


def test_a_conversation_without_words_has_no_line(conversation: Room) -> None:
    assert lines(conversation) == []


def test_of_an_answers_versions_the_newest_stands_where_the_first_one_stood(
    owner: User, conversation: Room
) -> None:
    first = exchange(conversation, owner, "one?", "old")
    exchange(conversation, owner, "two?", "second")
    again = regenerate_reply(user=owner, reply_id=str(first.pk))
    assert end_reply(again, Outcome(ReplyState.DONE, "new"), expected=ReplyState.QUEUED)
    assert [text for _, text in turns(conversation)] == ["one?", "new", "two?", "second"]


def test_markdown_names_speakers_and_closes_what_a_text_leaves_open(
    owner: User, conversation: Room
) -> None:
    exchange(conversation, owner, "show me code", "````\n```\nprint()")
    exchange(conversation, owner, "```\nclosed\n```", "~~~ text")
    conversation.refresh_from_db()
    written = b"".join(markdown(conversation, conversation.title)).decode()
    assert written.startswith("# 茶 與 / 咖啡\n")
    assert written.count("\n## owner · 20") == written.count("\n## Sage · 20") == 2
    assert "print()\n````\n" in written
    assert "closed\n```\n\n## Sage" in written
    assert written.endswith("~~~ text\n~~~\n")


def test_an_archive_holds_a_log_a_language_and_a_page_a_conversation(
    owner: User, assistant: User, conversation: Room
) -> None:
    english = make_conversation(owner, assistant, title="Tea")
    Room.objects.filter(pk=english.pk).update(language="en")
    exchange(conversation, owner, "茶？", "茶。")
    exchange(english, owner, "Tea?", "Tea.")
    other = make_person("other")
    exchange(make_conversation(other, assistant), other, "none of your", "business")
    with ZipFile(BytesIO(b"".join(archive(owner)))) as zipped:
        assert zipped.testzip() is None
        names = zipped.namelist()
        assert names[:2] == ["chat_logs_zh.jsonl", "chat_logs_en.jsonl"]
        assert [Path(name).parent.name for name in names[2:]] == ["markdown", "markdown"]
        assert json.loads(zipped.read("chat_logs_en.jsonl"))["history"][0]["content"] == "Tea?"
        assert "茶。" in zipped.read("chat_logs_zh.jsonl").decode()


def test_the_command_writes_a_log_a_language(
    owner: User, conversation: Room, tmp_path: Path
) -> None:
    exchange(conversation, owner, "茶？", "茶。")
    told = StringIO()
    call_command("export_chats", str(tmp_path / "logs"), username="owner", stdout=told)
    (written,) = (tmp_path / "logs").iterdir()
    assert written.name == "chat_logs_zh.jsonl"
    assert "茶。" in written.read_text("utf-8")
    with pytest.raises(CommandError):
        call_command("export_chats", str(tmp_path), username="nobody")


def fill(room: Room, author: User, most: int) -> None:
    """Messages of some length, without events: only their texts matter here."""
    Message.objects.bulk_create(
        Message(
            room=room,
            seq=number,
            author=author,
            client_id=f"{room.pk}-{number}",
            text=f"{number} {'字' * 200}",
            created_at=timezone.now(),
        )
        for number in range(1, most + 1)
    )
    Room.objects.filter(pk=room.pk).update(seq=most)
    room.refresh_from_db()


def peak(pieces: Iterator[bytes]) -> int:
    """Bytes held at the worst moment."""
    tracemalloc.start()
    assert sum(map(len, pieces))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.parametrize(
    "export",
    [
        lambda user, room: markdown(room, "Tea"),
        lambda user, room: jsonl([room]),
        lambda user, room: archive(user),
    ],
    ids=["markdown", "jsonl", "archive"],
)
def test_ten_thousand_messages_take_no_more_memory_than_a_thousand(
    assistant: User, export: Callable[[User, Room], Iterator[bytes]]
) -> None:
    costs = []
    for most in (2 * PAGE, 1_000, 10_000):  # the first one warms caches up
        user = make_person(f"person{most}")
        room = make_conversation(user, assistant)
        fill(room, user, most)
        held = conversation_of(user=user, slug=room.slug)
        costs.append(peak(export(user, held.room)))
    _, short, long = costs
    assert long < 1.3 * short
