"""The ranges of the parameters, and what is said where a value does not fit."""

from dataclasses import asdict
from typing import Any

import pytest
from django.utils import translation

from ai.errors import (
    ParameterOutOfRangeError,
    ParameterTypeError,
    ParameterUnknownError,
    StopEmptyError,
    StopLimitError,
)
from ai.parameters import RANGES, Parameters, read_values


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("temperature", 0.1, 1.5),
        ("top_p", 0.1, 1.0),
        ("top_k", 0, 100),
        ("max_tokens", 16, 2048),
        ("repetition_penalty", 0.8, 2.0),
        ("mirostat", 0, 2),
    ],
)
def test_a_range_holds_both_its_ends_and_nothing_beyond(
    name: str, lowest: float, highest: float
) -> None:
    assert read_values({name: lowest}) == {name: lowest}
    assert read_values({name: highest}) == {name: highest}
    beyond = 1 if RANGES[name].is_whole else 0.01
    for value in (lowest - beyond, highest + beyond):
        with pytest.raises(ParameterOutOfRangeError) as refused:
            read_values({name: value})
        assert refused.value.data == {"name": name, "lowest": lowest, "highest": highest}


def test_mirostat_begins_with_the_customary_tau_and_eta() -> None:
    assert (Parameters().mirostat_tau, Parameters().mirostat_eta) == (5.0, 0.1)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "“temperature” must be between 0.1 and 1.5."),
        ("zh-hant", "「temperature」必須介於 0.1 和 1.5 之間。"),
        ("ja", "「temperature」は 0.1 から 1.5 の間にしてください。"),
        ("ko", "“temperature”의 값은 0.1에서 1.5 사이여야 해요."),
    ],
)
def test_the_limits_are_told_in_the_readers_language(language: str, sentence: str) -> None:
    with pytest.raises(ParameterOutOfRangeError) as refused:
        read_values({"temperature": 1.6})
    with translation.override(language):
        assert str(refused.value.sentence) == sentence


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"temperature": "0.7"}, ParameterTypeError),
        ({"temperature": True}, ParameterTypeError),
        ({"temperature": None}, ParameterTypeError),
        ({"temperature": float("nan")}, ParameterOutOfRangeError),
        ({"temperature": 10**400}, ParameterOutOfRangeError),
        ({"top_k": 1.5}, ParameterTypeError),
        ({"seed": -1}, ParameterOutOfRangeError),
        ({"stop": {"User:": 1}}, ParameterTypeError),
        ({"stop": [1]}, ParameterTypeError),
        ({"stop": ["a\0b"]}, ParameterTypeError),
        ({"stop": ["\ud800"]}, ParameterTypeError),
        ({"stop": [""]}, StopEmptyError),
        ({"stop": "User:||Assistant:"}, StopEmptyError),
        ({"stop": ["x" * 65]}, StopLimitError),
        ({"stop": [str(number) for number in range(9)]}, StopLimitError),
        ({"warmth": 1}, ParameterUnknownError),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    values: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        read_values(values)


def test_stops_come_as_a_list_or_joined_and_each_once() -> None:
    joined = read_values({"stop": "User:|Assistant:"})
    assert joined == read_values({"stop": ["User:", "Assistant:", "User:"]})
    assert joined == {"stop": ("User:", "Assistant:")}


def test_values_replace_only_what_they_name() -> None:
    changed = Parameters().changed({"temperature": 1, "seed": 7})
    assert asdict(changed) == {**asdict(Parameters()), "temperature": 1.0, "seed": 7}
