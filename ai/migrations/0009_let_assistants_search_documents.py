"""The general assistant may search documents: it had every tool there was."""

from typing import Any

from django.db import migrations


def add_tool(apps: Any, _schema_editor: Any) -> None:
    """Where nobody took another one from it."""
    assistants = apps.get_model("ai", "Assistant").objects
    for assistant in assistants.filter(owner=None, joins_new_rooms=True):
        if set(assistant.tools) == {"site_data", "small_model"}:
            assistant.tools = ["search_documents", *assistant.tools]
            assistant.save(update_fields=["tools"])


class Migration(migrations.Migration):
    dependencies = [("ai", "0008_guard_model_servers")]

    operations = [migrations.RunPython(add_tool, migrations.RunPython.noop)]
