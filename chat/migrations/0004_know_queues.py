from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0003_know_versions_and_conversations"),
    ]

    operations = [
        migrations.AddField(
            model_name="reply",
            name="queue",
            field=models.CharField(default="replies", max_length=16, verbose_name="queue"),
        ),
    ]
