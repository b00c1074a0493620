"""A short name stays with who had it first, also when its corpus is gone."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_names(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of two that differ in capitals alone, the older one has it."""
    corpora = apps.get_model("rag", "Corpus").objects.order_by("pk")
    names = apps.get_model("rag", "ShortName").objects
    for slug, owner in corpora.values_list("slug", "owner"):
        names.get_or_create(slug=slug.lower(), defaults={"owner_id": owner})


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("rag", "0004_count_characters"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShortName",
            fields=[
                ("slug", models.SlugField(max_length=64, primary_key=True, serialize=False)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
    ]
