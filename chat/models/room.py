"""Rooms, and the one counter that numbers what happens in each."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.types import Language, UserKind
from chat.types import MOST_IN_A_ROW, Answering, RoomKind, Style


class Room(models.Model):
    """A place to talk. `seq` is the number of the room's newest durable event."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=64)
    title = models.CharField(max_length=64, blank=True, editable=False)  # of a conversation
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    kind = models.CharField(
        _("kind"), max_length=16, choices=RoomKind.choices, default=RoomKind.PUBLIC
    )
    style = models.CharField(
        _("style"), max_length=16, choices=Style.choices, default=Style.MINIMALIST
    )
    language = models.CharField(
        _("language of the assistants"),
        max_length=16,
        choices=Language.choices,
        default=Language.ZH_HANT,
    )
    seq = models.PositiveBigIntegerField(_("newest event"), default=0, editable=False)
    answering = models.CharField(
        _("who answers"), max_length=16, choices=Answering.choices, default=Answering.ADDRESSED
    )
    default_assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assistant that answers"),
        limit_choices_to={"kind": UserKind.ASSISTANT},
    )
    max_assistant_run = models.PositiveSmallIntegerField(
        _("most answers in a row"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_IN_A_ROW)],
        help_text=_("So many messages of assistants may follow each other without a person's."),
    )
    model = models.ForeignKey(
        "ai.Model",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("model"),
        help_text=_("Empty: each assistant's own."),
    )
    allowed_models = models.ManyToManyField(
        "ai.Model",
        blank=True,
        related_name="+",
        verbose_name=_("models that may answer"),
        help_text=_("None chosen: all of them."),
    )
    corpora = models.ManyToManyField(
        "rag.Corpus",
        blank=True,
        related_name="+",
        verbose_name=_("corpora"),
        help_text=_("Assistants answer from these, as far as everyone here may read them."),
    )
    forked_from = models.ForeignKey(
        "chat.Message", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    pair = models.CharField(max_length=64, null=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership")

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        indexes = [
            models.Index(fields=["id"], condition=Q(kind=RoomKind.PUBLIC), name="public_rooms"),
            models.Index(
                fields=["id"],
                condition=Q(kind=RoomKind.DIRECT, pair=None, title=""),
                name="untitled_conversations",
            ),
        ]

    def __str__(self) -> str:
        return self.name
