"""Each document tells how long its text is, so that a corpus can have a limit."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.functions import Length


def count(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("rag", "Document").objects.update(characters=Length("text"))


class Migration(migrations.Migration):
    dependencies = [("rag", "0003_keep_given_titles")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="characters",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
