"""What can go wrong in rooms, each with its code and a sentence for people."""

from django.utils.translation import gettext_lazy as _

from echomind.common.errors import EchoMindError, NeverWorksError, TryAgainError


class RoomNotFoundError(NeverWorksError):
    """There is no such room, or it is none of the asker's business."""

    code, status, sentence = "room_not_found", 404, _("There is no such room.")


class ConversationNotFoundError(NeverWorksError):
    """The asker has no such conversation with an assistant."""

    code, status, sentence = "conversation_not_found", 404, _("You have no such conversation.")


class TitleInvalidError(NeverWorksError):
    """A title is empty, too long, or holds what cannot be shown."""

    code, sentence = "title_invalid", _("A title has 1 to {most} visible characters.")


class TooManyConversationsError(NeverWorksError):
    """Somebody keeps as many conversations as one may."""

    code, status = "too_many_conversations", 409
    sentence = _("You keep {most} conversations. Delete some that you do not need.")


class MessageNotFoundError(NeverWorksError):
    """There is no such message where the asker may look."""

    code, status, sentence = "message_not_found", 404, _("There is no such message.")


class ReplyNotFoundError(NeverWorksError):
    """There is no such reply where the asker may look."""

    code, status, sentence = "reply_not_found", 404, _("There is no such reply.")


class UserNotFoundError(NeverWorksError):
    """Nobody has this handle."""

    code, status, sentence = "user_not_found", 404, _("Nobody here has this handle.")


class InvitationNotFoundError(NeverWorksError):
    """The link is wrong or has ended."""

    code, status = "invitation_not_found", 404
    sentence = _("This invitation does not exist or has ended.")


class NotAllowedError(NeverWorksError):
    """A member lacks the role for this."""

    code, status, sentence = "not_allowed", 403, _("Your role in this room does not allow that.")


class JoinFirstError(NeverWorksError):
    """A visitor of a public room asked for what members have there."""

    code, status, sentence = "join_first", 403, _("Join this room first: write something in it.")


class ReadOnlyError(NeverWorksError):
    """A reader tried to write."""

    code, status, sentence = "read_only", 403, _("You can read this room but not write in it.")


class ClientIdConflictError(NeverWorksError):
    """The client id belongs to a message with another body."""

    code, status = "client_id_conflict", 409
    sentence = _("This message id was already used for another message.")


class ClientIdInvalidError(NeverWorksError):
    """The client id is missing or too long."""

    code, sentence = "client_id_invalid", _("A message needs an id of 1 to 64 characters.")


class TextEmptyError(NeverWorksError):
    """Nothing was written."""

    code, sentence = "text_empty", _("Write something first.")


class TextTooLongError(NeverWorksError):
    """The text is over the limit."""

    code, sentence = "text_too_long", _("A message holds at most 8,000 characters.")


class TextInvalidError(NeverWorksError):
    """The text holds control or direction characters that could mislead a reader."""

    code, sentence = "text_invalid", _("The message holds characters that cannot be shown safely.")


class AddresseeLeftError(NeverWorksError):
    """The addressee is not in the room, or not any more."""

    code, sentence = "addressee_left", _("The person or AI you wrote to is not in this room.")


class EmojiInvalidError(NeverWorksError):
    """A reaction is one emoji."""

    code, sentence = "emoji_invalid", _("A reaction is a single emoji.")


class RoomInvalidError(NeverWorksError):
    """A room's name, kind or style is not one of ours."""

    code, sentence = "room_invalid", _("The room needs a name, a kind and a style.")


class AnsweringInvalidError(NeverWorksError):
    """The rule for who answers is unknown, its limit too high, or its assistant not here."""

    code = "answering_invalid"
    sentence = _("Choose who answers, an assistant of this room, and 1 to {most} answers in a row.")


class AlreadyMemberError(NeverWorksError):
    """The person is in the room already."""

    code, status, sentence = "already_member", 409, _("This person is already in the room.")


class LastOwnerError(NeverWorksError):
    """A room keeps at least one owner."""

    code, status = "last_owner", 409
    sentence = _("A room needs an owner: make someone else owner first.")


class ReplyNotRunningError(NeverWorksError):
    """The reply has ended: there is nothing to stop."""

    code, status, sentence = "reply_not_running", 409, _("This reply has already ended.")


class ReplyNotFailedError(NeverWorksError):
    """Only a failed reply can be tried again."""

    code, status, sentence = "reply_not_failed", 409, _("This reply cannot be tried again.")


class ReplyUnfinishedError(NeverWorksError):
    """An answer cannot have another version while one is still on its way."""

    code, status = "reply_unfinished", 409
    sentence = _("This answer is still being written. Stop it first.")


class ReplyCompleteError(NeverWorksError):
    """The model ended this answer by itself."""

    code, status = "reply_complete", 409
    sentence = _("This answer is complete; there is nothing to continue.")


class AnswerTooLongError(NeverWorksError):
    """An answer has been continued until it is too long to be read and written on."""

    code, status, sentence = "answer_too_long", 409, _("This answer is too long to be continued.")


class ReplyNotRepeatableError(NeverWorksError):
    """It is not known, or not any more, what the model read."""

    code, status = "reply_not_repeatable", 409
    sentence = _("What the model read for this answer is no longer kept.")


class NothingToRerunError(NeverWorksError):
    """No assistant answers this message."""

    code, status, sentence = "nothing_to_rerun", 409, _("No assistant answers this message.")


class NoAssistantError(NeverWorksError):
    """A conversation of one's own needs an assistant that one may write to."""

    code, status = "no_assistant", 409
    sentence = _("There is no assistant here whom you could talk to on your own.")


class QueueFullError(TryAgainError):
    """Too many questions of this person wait already."""

    code, status = "queue_full", 429
    sentence = _("Too many of your questions are waiting. Try again when one is answered.")


class TooManyMessagesError(TryAgainError):
    """Somebody sends faster than people do. `data["retry_after_s"]` says when the next may come."""

    code, status = "too_many_messages", 429
    sentence = _("You are sending too many messages. Wait a minute and try again.")


class WorkerLostError(TryAgainError):
    """The worker that wrote the reply went away three times."""

    code, sentence = "worker_lost", _("The answer was interrupted. Try again.")


class CommandInvalidError(EchoMindError):
    """The frame is not a command of the protocol."""

    code, sentence = "command_invalid", _("The command is incomplete or malformed.")


class CommandUnknownError(EchoMindError):
    """The protocol has no such command."""

    code, sentence = "command_unknown", _("There is no such command.")


class FrameInvalidError(EchoMindError):
    """The frame is not JSON."""

    code, sentence = "frame_invalid", _("The frame is not valid JSON.")


class FrameTooLargeError(EchoMindError):
    """The frame is over the limit."""

    code, status, sentence = "frame_too_large", 413, _("The frame is too large.")


class StopUnavailableError(TryAgainError):
    """The flag that stops a reply cannot be set now."""

    code, sentence = "stop_unavailable", _("The answer cannot be stopped right now. Try again.")


class UnavailableError(TryAgainError):
    """Postgres is away; nothing was written."""

    code, sentence = "unavailable", _("The site cannot save anything right now. Try again.")
