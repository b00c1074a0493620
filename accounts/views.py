"""The account pages that are not allauth's: the profile, and the choice of a language."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views import i18n
from django.views.decorators.http import require_POST
from django.views.generic import UpdateView

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.services.profile import choose_language
from accounts.types import Language


class ProfileView(LoginRequiredMixin, SuccessMessageMixin, UpdateView[User, ProfileForm]):
    """Name, language and look of the signed-in person."""

    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("accounts:profile")
    success_message = _("Saved.")

    def get_object(self, queryset: object = None) -> User:
        """Always one's own account. A copy: the page's head shows what is stored."""
        return User.objects.get(pk=self.request.user.pk)


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie, and in the account of who is signed in."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in Language.values:
        choose_language(user=request.user, language=Language(language))
    return i18n.set_language(request)
