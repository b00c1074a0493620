"""Corpora, documents, their chunks with vectors and keywords, and drafts of both."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.lookups
import pgvector.django
import pgvector.django.halfvec
import pgvector.django.indexes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgvector.django.VectorExtension(),
        migrations.CreateModel(
            name="Corpus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=64, unique=True, verbose_name="short name")),
                ("name", models.CharField(max_length=64, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("zh-hant", "繁體中文"),
                            ("en", "English"),
                            ("ja", "日本語"),
                            ("ko", "한국어"),
                        ],
                        default="zh-hant",
                        max_length=16,
                        verbose_name="language",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Everybody who is signed in may read it.",
                        verbose_name="public",
                    ),
                ),
                (
                    "chunk_tokens",
                    models.PositiveSmallIntegerField(
                        default=120,
                        validators=[
                            django.core.validators.MinValueValidator(16),
                            django.core.validators.MaxValueValidator(480),
                        ],
                        verbose_name="tokens of a chunk",
                    ),
                ),
                (
                    "overlap_tokens",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[django.core.validators.MaxValueValidator(240)],
                        verbose_name="tokens that neighbours share",
                    ),
                ),
                (
                    "embedder",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the site’s.",
                        max_length=64,
                        verbose_name="embedder",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corpora",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "corpus",
                "verbose_name_plural": "corpora",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "external_id",
                    models.CharField(max_length=512, verbose_name="name in its source"),
                ),
                ("is_collection", models.BooleanField(default=False, editable=False)),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("source", models.CharField(blank=True, max_length=1000, verbose_name="source")),
                ("as_of", models.CharField(blank=True, max_length=32, verbose_name="as known on")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("zh-hant", "繁體中文"),
                            ("en", "English"),
                            ("ja", "日本語"),
                            ("ko", "한국어"),
                        ],
                        max_length=16,
                        verbose_name="language",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="file")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("reading", "Being read"),
                            ("chunking", "Being divided"),
                            ("embedding", "Being indexed"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="chunks indexed")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="chunks")),
                ("code", models.CharField(blank=True, max_length=64, verbose_name="error code")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="notes")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("sizes", models.CharField(blank=True, editable=False, max_length=16)),
                ("attempt", models.PositiveIntegerField(default=0, verbose_name="attempt")),
                ("tries", models.PositiveIntegerField(default=0, editable=False)),
                ("seen_at", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "corpus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="rag.corpus",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="rag.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Chunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("text", models.TextField(verbose_name="text")),
                ("tokens", models.PositiveIntegerField(verbose_name="tokens")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="embedder")),
                ("embedding", pgvector.django.halfvec.HalfVectorField()),
                ("keywords", django.contrib.postgres.search.SearchVectorField()),
                (
                    "corpus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="rag.corpus",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="rag.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "chunk",
                "verbose_name_plural": "chunks",
                "ordering": ["document", "number"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField()),
                ("notes", models.JSONField(default=list)),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="rag.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("text", models.TextField(verbose_name="text")),
                ("tokens", models.PositiveIntegerField(verbose_name="tokens")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="embedder")),
                ("embedding", pgvector.django.halfvec.HalfVectorField()),
                ("keywords", django.contrib.postgres.search.SearchVectorField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="rag.draft",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Readership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "corpus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readerships",
                        to="rag.corpus",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readerships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reader",
                "verbose_name_plural": "readers",
            },
        ),
        migrations.AddField(
            model_name="corpus",
            name="readers",
            field=models.ManyToManyField(
                blank=True,
                related_name="readable_corpora",
                through="rag.Readership",
                to=settings.AUTH_USER_MODEL,
                verbose_name="readers",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["corpus", "state"], name="documents_by_state"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("state__in", ("queued", "reading", "chunking", "embedding"))),
                fields=["state", "id"],
                name="unfinished_documents",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["sha256"], name="documents_by_content"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("corpus", "external_id"), name="one_document_a_name"
            ),
        ),
        migrations.AddIndex(
            model_name="chunk",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["keywords"], name="chunks_by_keyword"
            ),
        ),
        migrations.AddIndex(
            model_name="chunk",
            index=pgvector.django.indexes.HnswIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.comparison.Cast(
                        "embedding", pgvector.django.halfvec.HalfVectorField(dimensions=384)
                    ),
                    name="halfvec_cosine_ops",
                ),
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        models.Func(
                            models.F("embedding"),
                            function="vector_dims",
                            output_field=models.IntegerField(),
                        ),
                        384,
                    )
                ),
                ef_construction=64,
                m=16,
                name="chunks_near_384",
            ),
        ),
        migrations.AddIndex(
            model_name="chunk",
            index=pgvector.django.indexes.HnswIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.comparison.Cast(
                        "embedding", pgvector.django.halfvec.HalfVectorField(dimensions=1024)
                    ),
                    name="halfvec_cosine_ops",
                ),
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        models.Func(
                            models.F("embedding"),
                            function="vector_dims",
                            output_field=models.IntegerField(),
                        ),
                        1024,
                    )
                ),
                ef_construction=64,
                m=16,
                name="chunks_near_1024",
            ),
        ),
        migrations.AddConstraint(
            model_name="chunk",
            constraint=models.UniqueConstraint(
                fields=("document", "number"), name="one_chunk_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="draftchunk",
            constraint=models.UniqueConstraint(
                fields=("draft", "number"), name="one_draft_chunk_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="readership",
            constraint=models.UniqueConstraint(
                fields=("corpus", "user"), name="one_readership_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="corpus",
            constraint=models.CheckConstraint(
                condition=models.Q(("overlap_tokens__lt", models.F("chunk_tokens"))),
                name="overlap_is_shorter_than_chunk",
                violation_error_message="Neighbours cannot share more than a chunk has.",
            ),
        ),
    ]
