"""Puts the two parts of a training together from the source of its pictures."""

from threading import Event

from imaging.training.enlarging import Enlarging
from imaging.training.loop import Training
from imaging.training.source import Say, Source


def prepare(source: Source, say: Say, stop: Event) -> Training:
    """A training ready to run, its data drawn or read."""
    data = source.data(say)
    return Training(source.plan, source.layout, data, source.training_folder, say, stop)


def prepare_enlarging(training: Training, source: Source) -> Enlarging | None:
    """The second part of a training whose plan has one, with its data at the size shown."""
    choices = training.plan.upscaling
    if choices is None:
        return None
    return Enlarging(
        training, choices, source.data(training.say, choices.pictures, training.plan.shown)
    )
