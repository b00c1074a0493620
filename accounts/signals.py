"""What accounts tells other apps."""

from django.dispatch import Signal

# Sent after the commit with `user_id` and `session_key`: the one session that ended, or None when
# all sessions and tokens of the user did. Listeners close the live sockets it concerns.
access_revoked = Signal()
