from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imaging", "0001_keep_pictures")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="unused_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
