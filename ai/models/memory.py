"""What an assistant keeps of a conversation beyond the turns themselves.

`conversation` is the key that chat gives, a place and an assistant: ai knows no rooms. `message` is
the number of the message in that place from which a fact comes.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ai.types import FACT_LENGTH


class Memory(models.Model):
    """Where one conversation's memory begins, and the number of its changes.

    Nothing up to message `since` is recalled. Whoever changes facts or summaries raises `revision`
    in the same transaction; copies elsewhere carry the revision that they were made of.
    """

    conversation = models.CharField(_("conversation"), max_length=64, unique=True)
    since = models.PositiveBigIntegerField(_("begins after message"), default=0)
    revision = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("memory")
        verbose_name_plural = _("memories")

    def __str__(self) -> str:
        return self.conversation


class Fact(models.Model):
    """One thing to remember. A forgotten one stays as a row without its text, and so does not come
    back from the same message.
    """

    conversation = models.CharField(_("conversation"), max_length=64)
    message = models.PositiveBigIntegerField(_("message"), null=True)
    text = models.CharField(_("text"), max_length=FACT_LENGTH)
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("remembered by"),
        help_text=_("Empty: noticed by the assistant."),
    )
    created_at = models.DateTimeField(_("remembered"), auto_now_add=True)
    forgotten_at = models.DateTimeField(_("forgotten"), null=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        indexes = [models.Index(fields=["conversation", "message"], name="facts_of_conversation")]

    def __str__(self) -> str:
        return self.text


class Summary(models.Model):
    """What happened up to a message, in the model's words.

    Each one goes on from the one before. The earlier ones are kept: when a message changes, those
    that cover it go, and the newest that is left is where the next one begins.
    """

    conversation = models.CharField(_("conversation"), max_length=64)
    until = models.PositiveBigIntegerField(_("up to message"))
    text = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made"), auto_now=True)

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "until"], name="one_summary_a_step")
        ]

    def __str__(self) -> str:
        return self.text[:40]
