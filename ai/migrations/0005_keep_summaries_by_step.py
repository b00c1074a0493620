"""Keeps the summaries of a conversation one by one, and counts the changes of its memory."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ai", "0004_let_models_call_functions")]

    operations = [
        migrations.CreateModel(
            name="Memory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conversation",
                    models.CharField(max_length=64, unique=True, verbose_name="conversation"),
                ),
                (
                    "since",
                    models.PositiveBigIntegerField(default=0, verbose_name="begins after message"),
                ),
                ("revision", models.PositiveBigIntegerField(default=0, editable=False)),
            ],
            options={"verbose_name": "memory", "verbose_name_plural": "memories"},
        ),
        migrations.AlterField(
            model_name="summary",
            name="conversation",
            field=models.CharField(max_length=64, verbose_name="conversation"),
        ),
        migrations.AddConstraint(
            model_name="summary",
            constraint=models.UniqueConstraint(
                fields=("conversation", "until"), name="one_summary_a_step"
            ),
        ),
    ]
