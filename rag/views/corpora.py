"""The pages of corpora: all that one may read, and one with its documents, readers and settings."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.api import User
from echomind.common.errors import EchoMindError
from echomind.common.pages import signed_in_page
from rag.forms import CorpusForm, NewCorpusForm, ReaderForm
from rag.models import Corpus
from rag.readers.formats import SUFFIXES
from rag.selectors.corpora import (
    corpora_of,
    corpus_for,
    corpus_owned_by,
    count_documents_of,
    may_change,
)
from rag.selectors.document_list import document_page
from rag.services import corpora
from rag.services.readerships import add_reader, remove_reader

MOST_SHOWN = 500  # corpora of others: any number of people may have made theirs public


@signed_in_page
def knowledge(request: HttpRequest) -> HttpResponse:
    """All corpora that one may read; a POST makes one."""
    user = cast(User, request.user)
    form = NewCorpusForm(request.POST or None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        try:
            made = corpora.create_corpus(owner=user, **form.cleaned_data)
            return redirect("rag:corpus", made.slug)
        except EchoMindError as error:
            form.add_error(None, str(error.sentence))
    own = list(corpora_of(user).filter(owner=user))
    others = list(corpora_of(user).exclude(owner=user)[:MOST_SHOWN])
    counts = count_documents_of([corpus.pk for corpus in (*own, *others)])
    context = {
        "form": form,
        "own": [(one, counts[one.pk]) for one in own],
        "others": [(one, counts[one.pk]) for one in others],
    }
    return render(request, "rag/knowledge.html", context)


@require_safe
@signed_in_page
def corpus(request: HttpRequest, slug: str) -> HttpResponse:
    """One corpus."""
    user = cast(User, request.user)
    found = corpus_for(user, slug)
    is_mine = may_change(user, found)
    initial = {"name": found.name, "language": found.language, "is_public": found.is_public}
    context = {
        "corpus": found,
        "may_change": is_mine,
        "page": document_page(found, request.GET),
        "form": CorpusForm(initial=initial),
        "reader_form": ReaderForm(),
        "readers": found.readers.order_by("username") if is_mine else (),
        "suffixes": ",".join(SUFFIXES),
    }
    return render(request, "rag/corpus.html", context)


@require_POST
@signed_in_page
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Save name, language and publicity."""
    found = _changeable(request, slug)
    form = CorpusForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Some of the fields are not right."))
        return redirect("rag:corpus", slug)
    try:
        corpora.change_corpus(corpus=found, **form.cleaned_data)
        messages.success(request, _("The corpus was changed."))
    except EchoMindError as error:
        messages.error(request, str(error.sentence))
    return redirect("rag:corpus", slug)


@require_POST
@signed_in_page
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete the corpus."""
    found = _changeable(request, slug)
    corpora.delete_corpus(corpus=found)
    messages.success(request, _("%(name)s was deleted.") % {"name": found.name})
    return redirect("rag:knowledge")


@require_POST
@signed_in_page
def change_readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody read, or no more."""
    found = _changeable(request, slug)
    username = request.POST.get("username", "").strip().removeprefix("@")
    try:
        if request.POST.get("do") == "remove":
            remove_reader(corpus=found, username=username)
        else:
            add_reader(corpus=found, username=username)
    except EchoMindError as error:
        messages.error(request, str(error.sentence))
    return redirect("rag:corpus", slug)


def _changeable(request: HttpRequest, slug: str) -> Corpus:
    return corpus_owned_by(cast(User, request.user), slug)
