"""Corpora: sets of documents that are searched together, each with an owner and readers."""

from collections.abc import Collection

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from accounts.types import Language


class CorpusQuerySet(models.QuerySet["Corpus"]):
    """Corpora, as far as somebody may know of them."""

    def readable_by(self, users: Collection[int]) -> "CorpusQuerySet":
        """Those that each of these users may read, as one condition of SQL.

        A corpus is read by everybody when it is public, else by its owner and its readers. Nobody
        given means: public ones alone.
        """
        wanted = set(users)
        if not wanted:
            return self.filter(is_public=True)
        able = (
            User.objects.filter(pk__in=wanted)
            .filter(
                Q(pk=OuterRef("owner"))
                | Exists(
                    Readership.objects.filter(corpus=OuterRef(OuterRef("pk")), user=OuterRef("pk"))
                )
            )
            .order_by()
            .values(one=models.Value(1))
            .annotate(count=models.Count("pk"))
            .values("count")
        )
        all_of_them = Q(
            pk__in=self.model.objects.annotate(able=Coalesce(Subquery(able), 0))
            .filter(able=len(wanted))
            .values("pk")
        )
        return self.filter(Q(is_public=True) | all_of_them)


class Corpus(models.Model):
    """A set of documents. `embedder` names a model; empty means the site's.

    `serving` is the fingerprint of the model whose vectors are searched: all chunks have it, or will
    have the other embedder's at once. Empty: there are none yet.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="corpora", verbose_name=_("owner")
    )
    slug = models.SlugField(_("short name"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=64)
    language = models.CharField(
        _("language"), max_length=16, choices=Language.choices, default=Language.ZH_HANT
    )
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Everybody who is signed in may read it.")
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="rag.Readership",
        blank=True,
        related_name="readable_corpora",
        verbose_name=_("readers"),
    )
    chunk_tokens = models.PositiveSmallIntegerField(
        _("tokens of a chunk"),
        default=120,
        validators=[MinValueValidator(16), MaxValueValidator(480)],
    )
    overlap_tokens = models.PositiveSmallIntegerField(
        _("tokens that neighbours share"), default=20, validators=[MaxValueValidator(240)]
    )
    embedder = models.CharField(
        _("embedder"), max_length=64, blank=True, help_text=_("Empty: the site’s.")
    )
    serving = models.CharField(max_length=64, blank=True, default="", editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = CorpusQuerySet.as_manager()

    class Meta:
        verbose_name = _("corpus")
        verbose_name_plural = _("corpora")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(overlap_tokens__lt=models.F("chunk_tokens")),
                name="overlap_is_shorter_than_chunk",
                violation_error_message=_("Neighbours cannot share more than a chunk has."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Readership(models.Model):
    """A person's right to read a corpus of somebody else."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="readerships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readerships")

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints = [
            models.UniqueConstraint(fields=["corpus", "user"], name="one_readership_each")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.corpus}"
