from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0004_know_queues"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="title",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name="room",
            index=models.Index(
                condition=models.Q(("kind", "direct"), ("pair", None), ("title", "")),
                fields=["id"],
                name="untitled_conversations",
            ),
        ),
    ]
