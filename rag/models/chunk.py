"""Chunks: the pieces of documents that are found, with their vectors and keywords."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, HnswIndex

DIMENSIONS = (384, 1024)  # of multilingual-e5-small and bge-m3; others are searched exactly


class Piece(models.Model):
    """A stretch of a document's text, in code points, with what search needs of it.

    `fingerprint` names the model that made `embedding` and `token_vectors`, which are packed by
    `rag.embedding.token_vectors`; `keywords` holds folded bigrams.
    """

    number = models.PositiveIntegerField(_("number"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    tokens = models.PositiveIntegerField(_("tokens"))
    fingerprint = models.CharField(_("embedder"), max_length=64)
    embedding = HalfVectorField()
    token_vectors = models.BinaryField(default=bytes)
    keywords = SearchVectorField()

    class Meta:
        abstract = True


class Chunk(Piece):
    """A piece that can be found. `corpus` is its document's, so that search filters without a join."""

    document = models.ForeignKey("rag.Document", models.CASCADE, related_name="chunks")
    corpus = models.ForeignKey("rag.Corpus", models.CASCADE, related_name="chunks")

    class Meta:
        verbose_name = _("chunk")
        verbose_name_plural = _("chunks")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_chunk_a_number")
        ]
        indexes = [
            GinIndex(fields=["keywords"], name="chunks_by_keyword"),
            *(
                HnswIndex(
                    OpClass(
                        Cast("embedding", HalfVectorField(dimensions=dimensions)),
                        name="halfvec_cosine_ops",
                    ),
                    name=f"chunks_near_{dimensions}",
                    m=16,
                    ef_construction=64,
                    condition=Q(
                        Exact(
                            Func(
                                F("embedding"),
                                function="vector_dims",
                                output_field=models.IntegerField(),
                            ),
                            dimensions,
                        )
                    ),
                )
                for dimensions in DIMENSIONS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"


class DraftChunk(Piece):
    """A piece of a draft: kept when a worker dies, and found by nobody."""

    draft = models.ForeignKey("rag.Draft", models.CASCADE, related_name="pieces")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="one_draft_chunk_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.draft} · {self.number}"
