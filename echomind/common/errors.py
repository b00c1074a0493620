"""The base of every error a person or a client may see. Each app keeps its own in `errors.py`."""

from django.utils.functional import Promise


class EchoMindError(Exception):
    """A named failure. `code` is for programs; `sentence` is for people, translated when shown."""

    code = "error"
    status = 400
    sentence: str | Promise = ""

    def __init__(self, sentence: str | Promise | None = None, **data: object) -> None:
        if sentence is not None:
            self.sentence = sentence
        self.data = data
        super().__init__(self.code)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class TryAgainError(EchoMindError):
    """The same request may succeed later."""

    status = 503


class NeverWorksError(EchoMindError):
    """The same request fails again however often it is sent."""
