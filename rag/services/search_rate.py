"""How many searches a person may ask for in a minute by page and API: each embeds and ranks."""

from django.conf import settings

from echomind.common.errors import TooOftenError
from echomind.common.minute_rate import MinuteRate

search_rate = MinuteRate(lambda: int(settings.SEARCHES_PER_MINUTE), TooOftenError)
