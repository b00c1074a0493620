"""Chunks in the admin, to be looked at: they are made from documents and changed by nobody."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from echomind.common.admin_columns import link_to
from rag.models import Chunk

SHOWN = 80  # characters of a chunk in the list


@admin.register(Chunk)
class ChunkAdmin(admin.ModelAdmin[Chunk]):
    """What is found, as it is found, with the model that made its vector."""

    list_display = ("beginning", "of_document", "number", "tokens", "embedder")
    list_filter = ("corpus", "fingerprint")
    list_select_related = ("document", "corpus")
    search_fields = ("text",)
    show_full_result_count = False  # counting half a million rows takes longer than showing some
    fields = readonly_fields = ("of_document", "number", "place", "tokens", "embedder", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Chunk]:
        """Without vectors and texts of whole documents."""
        rows = super().get_queryset(request)
        return rows.defer("embedding", "token_vectors", "keywords", "document__text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Documents bring them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Chunk | None = None) -> bool:
        """They follow their document."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Chunk | None = None) -> bool:
        """They go with their document."""
        return False

    @admin.display(description=_("text"))
    def beginning(self, chunk: Chunk) -> str:
        """Its first words."""
        return Truncator(chunk.text).chars(SHOWN)

    @admin.display(description=_("document"), ordering="document")
    def of_document(self, chunk: Chunk) -> SafeString:
        """With a link to it."""
        return link_to(chunk.document, chunk.document)

    @admin.display(description=_("place"))
    def place(self, chunk: Chunk) -> str:
        """In characters of the document's text."""
        return f"{chunk.start} – {chunk.end}"

    @admin.display(description=_("embedder"), ordering="fingerprint")
    def embedder(self, chunk: Chunk) -> str:
        """Marked where its vector is of another model than the corpus is searched by."""
        stale = chunk.fingerprint != chunk.corpus.serving
        return f"⚠ {chunk.fingerprint}" if stale else chunk.fingerprint
