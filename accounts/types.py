"""Words of accounts that other apps may use. Imports no model."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UserKind(models.TextChoices):
    """Who stands behind a user row."""

    PERSON = "person", _("Person")
    ASSISTANT = "assistant", _("Assistant")


class Language(models.TextChoices):
    """Interface languages; the values are Django's language codes."""

    ZH_HANT = "zh-hant", "繁體中文"
    EN = "en", "English"
    JA = "ja", "日本語"
    KO = "ko", "한국어"


class Theme(models.TextChoices):
    """The page's colours; `system` follows the device."""

    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
