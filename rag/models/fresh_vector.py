"""Vectors of another model, in waiting."""

from django.db import models
from pgvector.django import HalfVectorField


class FreshVector(models.Model):
    """What takes the place of its chunk's vectors once every chunk of the corpus has one."""

    chunk = models.OneToOneField(
        "rag.Chunk", models.CASCADE, primary_key=True, related_name="fresh_vector"
    )
    fingerprint = models.CharField(max_length=64)
    embedding = HalfVectorField()
    token_vectors = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.chunk} · {self.fingerprint}"
