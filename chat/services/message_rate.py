"""How many messages a user may send in a minute."""

from django.conf import settings

from chat.errors import TooManyMessagesError
from echomind.common.minute_rate import MinuteRate

message_rate = MinuteRate(lambda: int(settings.MESSAGES_PER_MINUTE), TooManyMessagesError)
