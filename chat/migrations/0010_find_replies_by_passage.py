import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chat", "0009_draw_pictures")]

    operations = [
        migrations.AddIndex(
            model_name="reply",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["passages"], name="replies_by_passage", opclasses=["jsonb_path_ops"]
            ),
        ),
    ]
