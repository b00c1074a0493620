"""What the rules hear in a question about the room's messages, in four languages."""

import tomllib
from dataclasses import asdict
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from ai.tools.small_model import SMALL_MODEL
from ai.types import Turn
from chat.selectors.site_questions import site_question_in
from tests.guards.sources import ROOT

NAMES = ("Mei", "mei", "阿宏", "hong", "健太", "kenta", "지수", "jisu")
QUESTIONS = tomllib.loads((ROOT / "bench" / "tool_questions.toml").read_text())["questions"]
MEANT = ("question", "period", "member", "word", "text")
SILENT = ("", "always")


def heard(text: str) -> tuple[str, dict[str, Any]]:
    """The tool that the rules choose, and its arguments."""
    asked = site_question_in(text, names=NAMES, asker="mei")
    if asked is not None:
        return "site_data", asdict(asked)
    mood = async_to_sync(SMALL_MODEL.hears)((Turn("user", "Mei", text),))
    return ("small_model", dict(mood)) if mood else ("", {})


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked["text"])
def test_a_question_is_heard_as_it_was_meant(asked: dict[str, Any]) -> None:
    tool, arguments = heard(asked["text"])
    assert tool == asked["asks"]
    said = {name: arguments[name] for name in MEANT if arguments.get(name, "") not in SILENT}
    assert said == asked.get("wants", {})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "How many of you like tea",
        "Who wrote Hamlet?",
        "最後に、ありがとうございました。",
        "告訴我怎麼寫一封信",
        "幫我把這則訊息翻成英文：「誰最多」",
        "Tell mei my last message was a joke",
    ],
)
def test_what_asks_for_nothing_here_is_left_alone(text: str) -> None:
    assert heard(text) == ("", {})


def test_the_longest_name_in_the_question_counts() -> None:
    names = ("ann", "anna", "anna lee")
    asked = site_question_in("when did Anna Lee last write?", names=names, asker="x")
    assert asked is not None
    assert asked.member == "anna lee"


def test_a_name_inside_a_word_is_nobody() -> None:
    asked = site_question_in("how many messages are in this channel?", names=("ann",), asker="x")
    assert asked is not None
    assert asked.member == ""
