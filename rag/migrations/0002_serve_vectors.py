"""Keeps token vectors, names the model that serves a corpus, and lets another's vectors wait."""

import django.db.models.deletion
import pgvector.django.halfvec
from django.db import migrations, models

# Packed already: trying to compress them again would only cost time.
UNCOMPRESSED = "ALTER TABLE {} ALTER COLUMN token_vectors SET STORAGE EXTERNAL"
TABLES = ("rag_chunk", "rag_draftchunk", "rag_freshvector")


class Migration(migrations.Migration):
    dependencies = [("rag", "0001_create_corpora")]

    operations = [
        migrations.AddField(
            model_name="corpus",
            name="serving",
            field=models.CharField(blank=True, editable=False, max_length=64, default=""),
        ),
        migrations.AddField(
            model_name="chunk",
            name="token_vectors",
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name="draftchunk",
            name="token_vectors",
            field=models.BinaryField(default=bytes),
        ),
        migrations.CreateModel(
            name="FreshVector",
            fields=[
                (
                    "chunk",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="fresh_vector",
                        serialize=False,
                        to="rag.chunk",
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("embedding", pgvector.django.halfvec.HalfVectorField()),
                ("token_vectors", models.BinaryField()),
            ],
        ),
        *(
            migrations.RunSQL(UNCOMPRESSED.format(table), migrations.RunSQL.noop)
            for table in TABLES
        ),
    ]
