"""Documents on pages: the list that follows their states, a document's text, adding and removing."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.api import User
from echomind.common.errors import EchoMindError
from echomind.common.pages import signed_in_page
from rag.selectors.citing import found_passage
from rag.selectors.corpora import (
    corpus_for,
    corpus_owned_by,
    document_for,
    document_in,
    may_change,
)
from rag.selectors.document_list import document_page
from rag.services.documents import delete_document, retry_document
from rag.services.uploads import upload_file
from rag.types import Description
from rag.wire import notes_of, reason_of

SHOWN = 200_000  # characters of a document on its page


@require_safe
@never_cache
@signed_in_page
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """The list alone, as it is now."""
    user = cast(User, request.user)
    found = corpus_for(user, slug)
    context = {
        "corpus": found,
        "may_change": may_change(user, found),
        "page": document_page(found, request.GET),
    }
    return render(request, "rag/_documents.html", context)


@require_safe
@signed_in_page
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read of a document, and what is wrong with it."""
    found = document_for(cast(User, request.user), pk)
    context = {
        "document": found,
        "reason": reason_of(found),
        "notes": notes_of(found),
        "text": found.text[:SHOWN],
        "is_longer": len(found.text) > SHOWN,
    }
    return render(request, "rag/document.html", context)


@require_safe
@signed_in_page
def passage(request: HttpRequest, chunk: int) -> HttpResponse:
    """A chunk, highlighted in its document."""
    found = found_passage(cast(User, request.user).pk, chunk)
    return render(request, "rag/passage.html", {"passage": found})


@require_POST
@signed_in_page
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Take files in, for browsers without scripts; scripts use the API, one file at a time."""
    corpus = corpus_owned_by(cast(User, request.user), slug)
    for file in request.FILES.getlist("file"):
        name = file.name or ""
        try:
            upload_file(
                corpus=corpus,
                description=Description(""),
                file=file,  # type: ignore[arg-type]  # reads as a binary file does
                file_name=name,
                size=file.size or 0,
            )
        except EchoMindError as error:
            messages.error(request, f"{name}: {error.sentence}")
    return redirect("rag:corpus", slug)


@require_POST
@signed_in_page
def retry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Index a document again."""
    corpus = corpus_owned_by(cast(User, request.user), slug)
    retry_document(document=document_in(corpus, pk))
    return redirect("rag:corpus", slug)


@require_POST
@signed_in_page
def delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Delete a document."""
    corpus = corpus_owned_by(cast(User, request.user), slug)
    gone = document_in(corpus, pk)
    name = str(gone)
    delete_document(document=gone)
    messages.success(request, _("%(name)s was deleted.") % {"name": name})
    return redirect("rag:corpus", slug)
