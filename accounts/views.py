"""The account pages that are not allauth's: the profile, and the choice of a language."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views import i18n
from django.views.decorators.http import require_POST
from django.views.generic import UpdateView

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.services.access import log_out_everywhere
from accounts.services.profile import choose_language
from accounts.types import Language

THEME_COOKIE = "theme"  # the room's quick switch writes it too, and pages read it first
YEAR_S = 365 * 24 * 3600


class ProfileView(LoginRequiredMixin, UpdateView[User, ProfileForm]):
    """Name, language and look of the signed-in person."""

    form_class = ProfileForm
    template_name = "accounts/profile.html"
    context_object_name = "account"
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset: Any = None) -> User:
        """One's own account, read again: the page's head must not show what is only typed."""
        return User.objects.get(username=self.request.user.get_username())

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        """Write it, and show the page in the chosen look."""
        answer = super().form_valid(form)
        answer.set_cookie(
            THEME_COOKIE, form.instance.theme, max_age=YEAR_S, samesite="Lax",
            secure=self.request.is_secure(),
        )  # fmt: skip
        messages.success(self.request, _("Saved."))
        return answer


@require_POST
@login_required
def end_all_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out on every device, this one too."""
    log_out_everywhere(user=request.user)  # type: ignore[arg-type]  # not anonymous here
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie, and in the account of who is signed in."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in Language.values:
        choose_language(user=request.user, language=Language(language))
    return i18n.set_language(request)
