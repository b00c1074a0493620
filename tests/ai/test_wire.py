"""Bytes from a server become chunks, or a named failure; never half a character."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.backends.wire import MAX_LINE_BYTES, LineReader, finish_reason, read_chunk
from ai.errors import ModelFailedError

STREAM = (
    'data: {"a": "好"}\n\n: ping\r\nevent: x\ndata:{"b": "👍🏽"}\r\n\ndata: [DONE]\n\n'.encode()
)


@given(st.lists(st.integers(1, len(STREAM) - 1), max_size=12))
def test_any_cut_of_the_bytes_gives_the_same_payloads(cuts: list[int]) -> None:
    borders = [0, *sorted(cuts), len(STREAM)]
    reader = LineReader()
    payloads = [
        payload for start, end in pairwise(borders) for payload in reader.feed(STREAM[start:end])
    ]
    assert payloads == ['{"a": "好"}'.encode(), '{"b": "👍🏽"}'.encode(), b"[DONE]"]


@pytest.mark.parametrize("line", [b"<html>\n", b"Internal Server Error\n", b'{"error": 1}\n'])
def test_a_line_that_is_no_event_is_a_failure(line: bytes) -> None:
    with pytest.raises(ModelFailedError):
        LineReader().feed(line)


def test_a_line_without_an_end_is_a_failure() -> None:
    with pytest.raises(ModelFailedError):
        LineReader().feed(b"data: " + b"x" * MAX_LINE_BYTES)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b'{"choices": [{"delta": {"content": "\xe5\xa5"}}]}',
        b'{"choices": 3}',
        b'{"choices": [], "more": ' + b"[" * 5000,
        b'{"error": {"message": "out of memory"}}',
        b'"text"',
    ],
)
def test_an_unreadable_chunk_or_an_error_is_a_failure(payload: bytes) -> None:
    with pytest.raises(ModelFailedError):
        read_chunk(payload)


def test_a_chunk_with_fields_of_a_stranger_is_read() -> None:
    chunk = read_chunk('{"choices": [{"delta": {"content": "好", "x": 1}}], "y": 2}'.encode())
    assert chunk.choices[0].delta.content == "好"


@pytest.mark.parametrize(
    ("word", "reason"), [("stop", "stop"), ("length", "length"), ("content_filter", "stop")]
)
def test_every_finish_reason_is_one_of_two(word: str, reason: str) -> None:
    assert finish_reason(word) == reason
