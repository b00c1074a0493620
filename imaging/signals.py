"""What imaging tells the apps above it."""

from django.dispatch import Signal

faces_outdated = Signal()  # style: its faces are to be drawn once more
