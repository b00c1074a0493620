"""The base of every error a person or a client may see. Each app keeps its own in `errors.py`."""

from collections.abc import Iterator
from typing import cast

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class EchoMindError(Exception):
    """A named failure. `code` is for programs; `sentence` is for people, translated when shown.

    The sentence of a kind may name values of `data` in braces.
    """

    code = "error"
    status = 400
    sentence: str | Promise = ""

    def __init__(self, sentence: str | Promise | None = None, **data: object) -> None:
        self.sentence = (
            format_lazy(cast(str, self.sentence), **data) if sentence is None else sentence
        )
        self.data = data
        super().__init__(self.code)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class TryAgainError(EchoMindError):
    """The same request may succeed later."""

    status = 503


class NeverWorksError(EchoMindError):
    """The same request fails again however often it is sent."""


class TooOftenError(TryAgainError):
    """Somebody asks faster than people do. `data["retry_after_s"]` says when to come again."""

    code, status = "too_often", 429
    sentence = _("You are doing this too often. Wait a minute and try again.")


def sentence_of(code: str, language: str) -> str:
    """The sentence of an error's code in a language; the code itself where no error has it."""
    with translation.override(language):
        return next((str(kind.sentence) for kind in _kinds() if kind.code == code), code)


def _kinds(base: type[EchoMindError] = EchoMindError) -> Iterator[type[EchoMindError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)
