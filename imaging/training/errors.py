"""Named failures of training and exporting, for people at a terminal."""

from echomind.common.errors import NeverWorksError


class DataToolMissingError(NeverWorksError):
    """DiceBear is not installed."""

    code = "data_tool_missing"
    sentence = "DiceBear is missing: run `npm ci` in imaging/training/data/dicebear first."


class TrainingToolsMissingError(NeverWorksError):
    """torch and what belongs to it are not installed."""

    code = "training_tools_missing"
    sentence = "torch is missing: install requirements/train.txt (README, training)."


class PlanUnknownError(NeverWorksError):
    """No plan of this name."""

    code = "plan_unknown"
    sentence = "No plan for “{style}”. There are: {styles}."


class TooFewPicturesError(NeverWorksError):
    """A folder holds too few readable pictures to train with."""

    code = "too_few_pictures"
    sentence = "{folder}: {good} readable pictures, {least} are needed. Not readable: {broken}."


class CheckpointUnfitError(NeverWorksError):
    """A checkpoint that was made by another plan, or is damaged."""

    code = "checkpoint_unfit"
    sentence = "{path} does not fit this plan or is damaged. Start anew without --resume."


class NothingTrainedError(NeverWorksError):
    """There is no checkpoint to export."""

    code = "nothing_trained"
    sentence = "No checkpoint in {folder}. Run `manage.py train_gan --style {style}` first."
