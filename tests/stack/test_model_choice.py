"""The larger model where the machine is fit for it, the smaller one else, or the one that is named."""

from pathlib import Path

import pytest

from ai.errors import UnknownModelError
from echomind.stack.llm_settings import Budget, settings_for
from echomind.stack.model_choice import LARGER, SMALLER, choose_model
from echomind.stack.model_speed import known_speed, remember_speed

SPEED = f"{LARGER} packaged"


def test_a_machine_that_was_never_measured_begins_with_the_larger_model(tmp_path: Path) -> None:
    assert choose_model("", tmp_path, "packaged").name == LARGER


def test_a_slow_machine_keeps_to_the_smaller_model(tmp_path: Path) -> None:
    remember_speed(tmp_path, SPEED, 7.9)
    assert choose_model("", tmp_path, "packaged").name == SMALLER


def test_a_speed_counts_for_its_own_build_of_the_server(tmp_path: Path) -> None:
    remember_speed(tmp_path, SPEED, 7.9)
    assert choose_model("", tmp_path, "native").name == LARGER


def test_a_small_memory_keeps_to_the_smaller_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("echomind.stack.model_choice.LEAST_MEMORY_BYTES", 2**60)
    assert choose_model("", tmp_path, "packaged").name == SMALLER


def test_the_named_model_is_taken_however_slow_the_machine(tmp_path: Path) -> None:
    remember_speed(tmp_path, SPEED, 0.1)
    assert choose_model(LARGER, tmp_path, "packaged").name == LARGER
    with pytest.raises(UnknownModelError):
        choose_model("gpt-17", tmp_path, "packaged")


def test_speeds_of_other_models_stay_when_one_is_remembered(tmp_path: Path) -> None:
    remember_speed(tmp_path, SPEED, 8.04)
    remember_speed(tmp_path, "other", 3)
    assert (known_speed(tmp_path, SPEED), known_speed(tmp_path, "other")) == (8.0, 3)


@pytest.mark.parametrize(("at_once", "slots"), [(1, 4), (4, 4), (9, 9)])
def test_every_slot_holds_a_full_prompt_and_its_reply(
    tmp_path: Path, at_once: int, slots: int
) -> None:
    budget = Budget(prompt_tokens=1200, reply_tokens=512, replies_at_once=at_once)
    settings = settings_for(choose_model("", tmp_path, ""), "file", "127.0.0.1", 1, budget)
    assert (settings.slots, settings.context) == (slots, slots * 2048)
