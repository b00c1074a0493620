"""Documents in the admin: see how far they are and how they were divided, index them again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from echomind.common.admin_buttons import ButtonAdmin
from echomind.common.admin_columns import count_of, link_to_list
from rag.models import Chunk, Document
from rag.services.documents import delete_document, retry_document
from rag.types import AT_WORK
from rag.wire import notes_of, reason_of

PREVIEWED = 20  # chunks on the page of a document


@admin.register(Document)
class DocumentAdmin(ButtonAdmin):
    """A document's text and title come from its file: another file of the same name changes them."""

    list_display = ("__str__", "corpus", "state_now", "chunk_count", "version", "updated_at")
    list_filter = ("state", "corpus", "language")
    list_select_related = ("corpus",)
    search_fields = ("title", "external_id", "source")
    actions = ("index_now",)
    buttons = ("index_now",)
    readonly_fields = (
        "title", "external_id", "file_name", "state_now", "reason", "warnings",
        "chunk_count", "version", "created_at", "updated_at", "preview",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("title", "external_id", "file_name", "source", "language", "as_of")}),
        (
            _("As it is now"),
            {"fields": ("state_now", "reason", "warnings", "version", "created_at", "updated_at")},
        ),
        (_("Chunks"), {"fields": ("chunk_count", "preview")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """Documents without their texts, with the number of their chunks."""
        rows: QuerySet[Document] = super().get_queryset(request)
        there = count_of(Chunk.objects.all(), "document")
        return rows.defer("text").annotate(chunks_there=there)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The page of a corpus takes files in."""
        return False

    @admin.display(description=_("state"), ordering="state")
    def state_now(self, document: Document) -> str:
        """With the progress while it is being indexed, and a mark where something is wrong."""
        label = document.get_state_display()
        if document.state in AT_WORK and document.total:
            return f"{label} · {document.done} / {document.total}"
        return f"⚠ {label}" if document.code else label

    @admin.display(description=_("reason"))
    def reason(self, document: Document) -> str:
        """Why it failed."""
        return reason_of(document) or "–"

    @admin.display(description=_("warnings"))
    def warnings(self, document: Document) -> SafeString | str:
        """What was wrong and did not stop it."""
        lines = ((note.sentence, note.detail) for note in notes_of(document))
        return format_html_join("", "<p>{} {}</p>", lines) or "–"

    @admin.display(description=_("chunks"), ordering="chunks_there")
    def chunk_count(self, document: Any) -> SafeString:
        """With a link to them."""
        return link_to_list(Chunk, document.chunks_there, document__id__exact=document.pk)

    @admin.display(description=_("how it was divided"))
    def preview(self, document: Document) -> SafeString | str:
        """Its first chunks, as they are found."""
        chunks = document.chunks.order_by("number").values_list("number", "tokens", "text")
        rows = format_html_join(
            "", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", chunks[:PREVIEWED]
        )
        head = (_("number"), _("tokens"), _("text"))
        return format_html(
            '<table class="chunks"><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead>'
            "<tbody>{}</tbody></table>",
            *head,
            rows,
        )

    @admin.action(description=_("Index anew"), permissions=["change"])
    def index_now(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        """Also what failed, and what is ready."""
        for document in documents:
            retry_document(document=document)
        self.message_user(request, _("The documents wait to be indexed again."))

    def save_model(
        self, request: HttpRequest, obj: Document, form: ModelForm[Document], change: bool
    ) -> None:
        """Write only what was said: workers write the rest meanwhile."""
        if form.changed_data:
            obj.save(update_fields=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Document) -> None:
        """With its file."""
        delete_document(document=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        """As for one."""
        for document in queryset:
            delete_document(document=document)

    def get_deleted_objects(
        self, objs: Iterable[Document], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Counts instead of a list of every chunk."""
        documents = list(objs)
        chunks = Chunk.objects.filter(document__in=documents).count()
        return [str(one) for one in documents], {str(_("chunks")): chunks}, set(), []
