"""The title that was given to a document stays apart from the one that its file has."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rag", "0002_serve_vectors")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="given_title",
            field=models.CharField(blank=True, default="", editable=False, max_length=300),
            preserve_default=False,
        )
    ]
