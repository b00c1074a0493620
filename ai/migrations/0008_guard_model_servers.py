"""One server without an address; keys only from variables that are meant for them."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ai", "0007_describe_assistants_in_languages")]

    operations = [
        migrations.AlterField(
            model_name="modelserver",
            name="key_variable",
            field=models.CharField(
                blank=True,
                help_text="The name of an environment variable, such as MODEL_KEY_RACK; never the key.",
                max_length=64,
                validators=[
                    django.core.validators.RegexValidator(
                        "^MODEL_KEY_[A-Z0-9_]+$", "The name begins with MODEL_KEY_."
                    )
                ],
                verbose_name="variable with the key",
            ),
        ),
        migrations.AddConstraint(
            model_name="modelserver",
            constraint=models.UniqueConstraint(
                condition=models.Q(("base_url", "")),
                fields=("base_url",),
                name="one_own_server",
                violation_error_message="There is a server without an address already.",
            ),
        ),
    ]
