"""Names and descriptions for cards; the public assistants of before go on joining new rooms."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def let_public_ones_join(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("ai", "Assistant").objects.filter(is_public=True).update(joins_new_rooms=True)


class Migration(migrations.Migration):
    dependencies = [("ai", "0006_know_kinds_of_servers")]

    operations = [
        migrations.AddField(
            model_name="assistant",
            name="descriptions",
            field=models.JSONField(blank=True, default=dict, verbose_name="descriptions"),
        ),
        migrations.AddField(
            model_name="assistant",
            name="names",
            field=models.JSONField(blank=True, default=dict, verbose_name="names on its card"),
        ),
        migrations.AddField(
            model_name="assistant",
            name="joins_new_rooms",
            field=models.BooleanField(
                default=False,
                help_text="It is in every room from its beginning.",
                verbose_name="joins new rooms",
            ),
        ),
        migrations.RunPython(let_public_ones_join, migrations.RunPython.noop),
    ]
