"""A room allows 1 to 8 answers of assistants in a row."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0005_title_conversations")]

    operations = [
        migrations.AlterField(
            model_name="room",
            name="max_assistant_run",
            field=models.PositiveSmallIntegerField(
                default=4,
                help_text=(
                    "So many messages of assistants may follow each other without a person's."
                ),
                validators=[MinValueValidator(1), MaxValueValidator(8)],
                verbose_name="most answers in a row",
            ),
        )
    ]
