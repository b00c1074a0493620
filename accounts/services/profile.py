"""Changes what a person set about themselves."""

from accounts.models import User
from accounts.types import Language


def choose_language(*, user: User, language: Language) -> None:
    """From now on the site speaks this language to the user, on every device."""
    user.language = language
    user.save(update_fields=["language"])
