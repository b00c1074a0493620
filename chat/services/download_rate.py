"""How many files of what was said a user may ask for in a minute: each reads a whole history."""

from django.conf import settings

from echomind.common.errors import TooOftenError
from echomind.common.minute_rate import MinuteRate

download_rate = MinuteRate(lambda: int(settings.DOWNLOADS_PER_MINUTE), TooOftenError)
