"""Corpora in the admin: make one, hand files in, see how far they are, index or embed them anew."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from echomind.common.admin_buttons import ButtonAdmin
from echomind.common.admin_columns import count_of, link_to_list
from rag.admin.uploads import FilesField, take_in
from rag.errors import EmbedderMissingError
from rag.models import Chunk, Corpus, Document, Readership
from rag.selectors.embedders import is_stale
from rag.services.corpora import create_corpus, delete_corpus
from rag.services.documents import retry_document
from rag.services.reembedding import request_reembedding
from rag.types import PENDING, DocumentState

GIVEN = ("owner", "slug", "name", "language", "is_public", "chunk_tokens", "overlap_tokens")


class CorpusForm(forms.ModelForm[Corpus]):
    """A corpus, and files for it."""

    uploads = FilesField()

    class Meta:
        model = Corpus
        fields = (*GIVEN, "embedder")


class ReadershipInline(admin.TabularInline[Readership, Corpus]):
    """Who may read it besides the owner."""

    model = Readership
    extra = 1
    autocomplete_fields = ("user",)


@admin.register(Corpus)
class CorpusAdmin(ButtonAdmin):
    """Counts lead to what they count. A new embedder serves once "Embed anew" is through."""

    form = CorpusForm
    list_display = (
        "name", "slug", "owner", "language", "is_public",
        "ready", "pending", "failed", "chunk_count", "embedder_state",
    )  # fmt: skip
    list_filter = ("is_public", "language")
    list_select_related = ("owner",)
    search_fields = ("name", "slug", "owner__username")
    autocomplete_fields = ("owner",)
    inlines = (ReadershipInline,)
    actions = ("retry_now", "index_now", "embed_now")
    buttons = ("retry_now", "index_now", "embed_now")
    readonly_fields = ("ready", "pending", "failed", "chunk_count", "embedder_state")
    fieldsets = (
        (None, {"fields": ("name", "slug", "owner", "language", "is_public", "uploads")}),
        (_("As it is now"), {"fields": readonly_fields}),
        (_("Indexing"), {"fields": ("chunk_tokens", "overlap_tokens", "embedder")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Corpus]:
        """Corpora with their counts, in one statement."""
        documents = Document.objects.countable()
        rows: QuerySet[Corpus] = super().get_queryset(request)
        return rows.annotate(
            ready_there=count_of(documents.filter(state=DocumentState.READY), "corpus"),
            pending_there=count_of(documents.filter(state__in=PENDING), "corpus"),
            failed_there=count_of(documents.filter(state=DocumentState.FAILED), "corpus"),
            chunks_there=count_of(Chunk.objects.all(), "corpus"),
        )

    def get_fieldsets(self, request: HttpRequest, obj: Corpus | None = None) -> Any:
        """A new one has no counts yet."""
        shown = super().get_fieldsets(request, obj)
        return shown if obj else [shown[0], shown[2]]

    def get_readonly_fields(self, request: HttpRequest, obj: Corpus | None = None) -> Any:
        """A short name stays: rooms, assistants and scripts know the corpus by it."""
        return self.readonly_fields if obj is None else (*self.readonly_fields, "slug")

    @admin.display(description=_("ready"), ordering="ready_there")
    def ready(self, corpus: Any) -> SafeString:
        """How many documents are, with a link to them."""
        return _documents(corpus, corpus.ready_there, state__exact=DocumentState.READY)

    @admin.display(description=_("in work"), ordering="pending_there")
    def pending(self, corpus: Any) -> SafeString:
        """Those that wait or are being indexed."""
        return _documents(corpus, corpus.pending_there, state__in=",".join(PENDING))

    @admin.display(description=_("failed"), ordering="failed_there")
    def failed(self, corpus: Any) -> SafeString:
        """Each says why on its page."""
        return _documents(corpus, corpus.failed_there, state__exact=DocumentState.FAILED)

    @admin.display(description=_("chunks"), ordering="chunks_there")
    def chunk_count(self, corpus: Any) -> SafeString:
        """With a link to them."""
        return link_to_list(Chunk, corpus.chunks_there, corpus__id__exact=corpus.pk)

    @admin.display(description=_("embedder"))
    def embedder_state(self, corpus: Corpus) -> SafeString | str:
        """The model whose vectors are searched, and whether it is the one that is wished for."""
        try:
            stale = is_stale(corpus)
        except EmbedderMissingError as error:
            return f"⚠ {error.sentence}"
        name = corpus.serving or "–"
        if not stale:
            return name
        return format_html("⚠ {} <br>{}", name, _("Of another model: embed anew."))

    @admin.action(description=_("Retry what failed"), permissions=["change"])
    def retry_now(self, request: HttpRequest, corpora: QuerySet[Corpus]) -> None:
        """Queue the failed documents again."""
        self._again(request, corpora, Q(state=DocumentState.FAILED))

    @admin.action(description=_("Index anew"), permissions=["change"])
    def index_now(self, request: HttpRequest, corpora: QuerySet[Corpus]) -> None:
        """Read and divide every document again, as after a change of sizes."""
        self._again(request, corpora, Q(part_of=None))

    @admin.action(description=_("Embed anew"), permissions=["change"])
    def embed_now(self, request: HttpRequest, corpora: QuerySet[Corpus]) -> None:
        """Bring every vector to the embedder that the corpus is set to; searches go on meanwhile."""
        for corpus in corpora:
            request_reembedding(corpus=corpus)
        self.message_user(request, _("The vectors are being made in the background."))

    def _again(self, request: HttpRequest, corpora: QuerySet[Corpus], which: Q) -> None:
        documents = Document.objects.filter(which, corpus__in=[corpus.pk for corpus in corpora])
        for document in documents.defer("text").iterator():
            retry_document(document=document)
        self.message_user(request, _("The documents wait to be indexed again."))

    def save_model(
        self, request: HttpRequest, obj: Corpus, form: forms.ModelForm[Corpus], change: bool
    ) -> None:
        """Make a corpus through the service; take in the files."""
        if change:
            obj.save()
        else:
            made = create_corpus(**{field: form.cleaned_data[field] for field in GIVEN})
            Corpus.objects.filter(pk=made.pk).update(embedder=obj.embedder)
            obj.pk = made.pk
        take_in(request, obj, form.cleaned_data["uploads"])

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new corpus is one's own unless somebody else is chosen."""
        return {"owner": cast(User, request.user).pk}

    def delete_model(self, request: HttpRequest, obj: Corpus) -> None:
        """With its files."""
        delete_corpus(corpus=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Corpus]) -> None:
        """As for one."""
        for corpus in queryset:
            delete_corpus(corpus=corpus)

    def get_deleted_objects(
        self, objs: Iterable[Corpus], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Counts instead of a list of every chunk; the right to delete corpora covers what is in them."""
        corpora = list(objs)
        counts = {
            str(_("documents")): Document.objects.filter(corpus__in=corpora).count(),
            str(_("chunks")): Chunk.objects.filter(corpus__in=corpora).count(),
        }
        return [str(corpus) for corpus in corpora], counts, set(), []


def _documents(corpus: Corpus, count: int, **which: str) -> SafeString:
    return link_to_list(Document, count, corpus__id__exact=corpus.pk, **which)
