"""Remember which dialect a server was found to speak; take addresses of bare host names."""

from django.db import migrations, models

import ai.models.model_server


class Migration(migrations.Migration):
    dependencies = [("ai", "0005_keep_summaries_by_step")]

    operations = [
        migrations.AddField(
            model_name="modelserver",
            name="found_kind",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=32, verbose_name="found kind"
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="modelserver",
            name="base_url",
            field=models.CharField(
                blank=True,
                help_text="Ends in /v1. Empty: the server that the site was started with.",
                max_length=300,
                validators=[ai.models.model_server.validate_address],
                verbose_name="address",
            ),
        ),
    ]
