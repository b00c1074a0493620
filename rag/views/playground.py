"""The playground of staff: one query, and what each stage of the search makes of it."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.api import User
from echomind.common.errors import EchoMindError
from echomind.common.pages import signed_in_page
from rag.forms import PlaygroundForm
from rag.selectors.corpora import corpora_of
from rag.selectors.trial import search_in_stages
from rag.services.search_rate import search_rate


@require_safe
@never_cache
@signed_in_page
def playground(request: HttpRequest) -> HttpResponse:
    """For staff, among what they may read themselves."""
    user = cast(User, request.user)
    if not user.is_staff:
        raise Http404
    corpora = dict(corpora_of(user).values_list("slug", "pk"))
    names = corpora_of(user).values_list("slug", "name")
    form = PlaygroundForm(request.GET or None, initial={"k": 8})
    form.fields["corpus"].choices = [("", "—"), *names]  # type: ignore[attr-defined]
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        among = [corpora[asked["corpus"]]] if asked["corpus"] else list(corpora.values())
        try:
            search_rate.count(user.pk)
            context["trial"] = search_in_stages(
                asked["q"], among, user.pk, k=asked["k"] or 8, least=asked["least"]
            )
        except EchoMindError as error:
            context["error"] = error.sentence
    return render(request, "rag/playground.html", context)
