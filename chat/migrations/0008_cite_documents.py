"""Rooms name the corpora that answers are made from; replies keep the passages they were made from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0007_order_ended_replies"),
        ("rag", "0001_create_corpora"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="corpora",
            field=models.ManyToManyField(
                blank=True,
                help_text="Assistants answer from these, as far as everyone here may read them.",
                related_name="+",
                to="rag.corpus",
                verbose_name="corpora",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="passages",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
