"""Which model answers where nobody chose another."""

from django.db import transaction

from ai.models import Model


@transaction.atomic
def make_default(model: Model) -> None:
    """Let this model answer where nobody chose another; it is switched on by that."""
    Model.objects.select_for_update().filter(is_default=True).exclude(pk=model.pk).update(
        is_default=False
    )
    Model.objects.filter(pk=model.pk).update(is_default=True, enabled=True)
