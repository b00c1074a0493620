"""What stops a start. Each carries the one sentence the person at the terminal reads."""

from echomind.common.errors import EchoMindError


class StackError(EchoMindError):
    """A part cannot run here; nothing is left running behind this error."""

    code = "stack_failed"
    status = 503

    def __str__(self) -> str:
        return str(self.sentence)
