"""Names this app to Django and hears of every way in which a corpus goes."""

from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class RagConfig(AppConfig):
    """The app as Django knows it."""

    name = "rag"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        """Hear of corpora that are deleted, also together with their owner."""
        post_delete.connect(_tell_deleted, sender="rag.Corpus", dispatch_uid="rag.tell_deleted")


def _tell_deleted(*, instance: Any, **unused: Any) -> None:
    from rag.models import Corpus
    from rag.signals import documents_deleted

    gone = [instance.pk]
    transaction.on_commit(lambda: documents_deleted.send(Corpus, documents=[], corpora=gone))
