"""Documents, and the draft of one that is on its way in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.types import Language
from rag.types import PENDING, DocumentState


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, as lists count and show them."""

    def countable(self) -> "DocumentQuerySet":
        """Without files whose entries are documents of their own by now."""
        return self.exclude(is_collection=True, state=DocumentState.READY)


class Document(models.Model):
    """One document of a corpus. Citations point into `text` by code points.

    `version` grows when its content or the way it is divided changes, and `attempt` is the fence of
    the work on it: only the newest attempt may write. While a new version is made, `text` and the
    chunks are those of the one before. A file that holds many documents (`is_collection`) has no text
    of its own; its entries have it as `part_of`.
    """

    corpus = models.ForeignKey("rag.Corpus", models.CASCADE, related_name="documents")
    external_id = models.CharField(_("name in its source"), max_length=512)
    part_of = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="entries", editable=False
    )
    is_collection = models.BooleanField(default=False, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    # What a person has called it; without, the title follows the file.
    given_title = models.CharField(max_length=300, blank=True, editable=False)
    source = models.CharField(_("source"), max_length=1000, blank=True)
    as_of = models.CharField(_("as known on"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=16, choices=Language.choices, blank=True)
    file_name = models.CharField(_("file"), max_length=255, blank=True)  # empty: it came as text
    text = models.TextField(_("text"), blank=True)
    # Of the newest version, as soon as it is read.
    characters = models.PositiveIntegerField(default=0, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(
        _("state"), max_length=16, choices=DocumentState.choices, default=DocumentState.QUEUED
    )
    done = models.PositiveIntegerField(_("chunks indexed"), default=0)
    total = models.PositiveIntegerField(_("chunks"), default=0)
    code = models.CharField(_("error code"), max_length=64, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)  # of `rag.types.Note`, detailed
    version = models.PositiveIntegerField(_("version"), default=1)
    # Chunk and overlap, in tokens.
    sizes = models.CharField(max_length=16, blank=True, editable=False)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    tries = models.PositiveIntegerField(default=0, editable=False)  # since it last got on
    seen_at = models.DateTimeField(null=True, editable=False)  # sign of life of whoever works on it
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["corpus", "external_id"], name="one_document_a_name")
        ]
        indexes = [
            models.Index(fields=["corpus", "state"], name="documents_by_state"),
            models.Index(
                fields=["state", "id"],
                condition=Q(state__in=PENDING),
                name="unfinished_documents",
            ),
            models.Index(fields=["sha256"], name="documents_by_content"),
        ]

    def __str__(self) -> str:
        return self.title or self.external_id


class Draft(models.Model):
    """What was read of a document's new version, until its chunks are all there."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="draft")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    notes = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.document} · {self.version}"
