"""What rag tells the apps above it."""

from django.dispatch import Signal

# Sent after the commit with `documents` and `corpora`: ids of what is gone with all its text. Whoever
# has kept words of it forgets them.
documents_deleted = Signal()
