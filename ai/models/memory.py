"""What an assistant keeps of a conversation beyond the turns themselves.

`conversation` is the key that chat gives: ai knows no rooms. `message` is the number of the message
in that room from which a fact comes.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Fact(models.Model):
    """One thing to remember. A forgotten one stays as a row, so that it does not come back."""

    conversation = models.CharField(_("conversation"), max_length=64)
    message = models.PositiveBigIntegerField(_("message"), null=True)
    text = models.CharField(_("text"), max_length=300)
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
    """What happened up to a message, in the model's words; made again when that changes."""

    conversation = models.CharField(_("conversation"), max_length=64, unique=True)
    until = models.PositiveBigIntegerField(_("up to message"))
    text = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made"), auto_now=True)

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")

    def __str__(self) -> str:
        return self.text[:40]
