"""Wires the apps together: settings, doors, tasks, the embedded stack."""

from echomind.celery import app as celery_app

__all__ = ["celery_app"]
