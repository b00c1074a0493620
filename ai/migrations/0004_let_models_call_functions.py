"""Lets staff say which models call functions by themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ai", "0003_know_gpu_workers")]

    operations = [
        migrations.AddField(
            model_name="model",
            name="calls_functions",
            field=models.BooleanField(
                default=False,
                help_text="It asks for tools by itself, and its server passes that on (vLLM: with --enable-auto-tool-choice). Else rules find out what a question asks of a tool.",
                verbose_name="calls functions",
            ),
        ),
    ]
