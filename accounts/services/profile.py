"""Changes what a person set about themselves."""

from django.db.models import F, Func, JSONField, Value

from accounts.models import User
from accounts.types import Language


def choose_language(*, user: User, language: Language) -> None:
    """From now on the site speaks this language to the user, on every device."""
    user.language = language
    user.save(update_fields=["language"])


def keep_face(*, user: User, style: str, picture: str) -> None:
    """From now on this picture shows the user in rooms of a style; other styles stay as they are."""
    added = Func(
        F("faces"), Value({style: picture}, JSONField()), template="%(expressions)s",
        arg_joiner=" || ", output_field=JSONField(),
    )  # fmt: skip
    User.objects.filter(pk=user.pk).update(faces=added)
    user.faces = {**user.faces, style: picture}
