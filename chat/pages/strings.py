"""The sentences that the room's script says, in the reader's language."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chat.pages.sources import sources_words
from chat.pages.tool_uses import tool_strings
from chat.types import ReplyState
from chat.wire import MessageWire
from echomind.common.errors import sentence_of


def strings() -> dict[str, str]:
    """Sentences by key; `{names}` are filled in by the script."""
    return _composing() | _connection() | _replies() | _pictures() | _people() | tool_strings()


def stand_in_sentence() -> str:
    """The note below an answer that another model than the wanted one wrote."""
    return _("{to} answered, because {from} could not.")


def picture_sentence() -> str:
    """What stands below a picture."""
    return _("{width}×{height} · seed {seed} · {seconds} s")


def failure_sentences(messages: Iterable[MessageWire]) -> dict[str, str]:
    """Why replies among these messages failed, by error code."""
    codes = {
        message.reply.code
        for message in messages
        if message.reply and message.reply.state == ReplyState.FAILED
    }
    return {code: sentence_of(code, get_language() or "en") for code in codes}


def _composing() -> dict[str, str]:
    return {
        "send": _("Send"),
        "stop": _("Stop the reply"),
        "to": _("To: {name}"),
        "everyone": _("everyone"),
        "left": _("{count} characters left"),
        "too_long": _("{count} characters too many"),
        "preset_once": _("Preset for this question"),
        "preset_chosen": _("The next question is asked with “{name}”."),
        "no_preset": _("There is no preset “{name}”."),
        "sending": _("Sending…"),
        "copied": _("Copied."),
        "new_below": _("↓ {count} new"),
        "to_the_end": _("↓ To the end"),
        "write_to": _("Write to {name}"),
        "context": _("Context: {tokens} of {budget} tokens"),
        "context_about": _("Context: about {tokens} of {budget} tokens"),
        "summarised": _("The AI knows older messages by a summary."),
    }


def _connection() -> dict[str, str]:
    return {
        "offline": _("You are offline. What you send is kept and goes out later."),
        "reconnecting": _("The connection was lost. Trying again…"),
        "reconnecting_in": _("The connection was lost. Trying again in {seconds} s."),
        "no_answer": _("The site does not answer. Try again in a moment."),
        "not_done": _("That was not done: the connection is down. Try again when it is back."),
        "signed_out": _("You have been signed out. Load the page anew to sign in."),
        "refused": _(
            "The site may not be used at this address."
            " Open {address}, or have this address added to SOCKET_ORIGINS."
        ).format(address=settings.SITE_ORIGINS[0]),
    }


def _replies() -> dict[str, str]:
    return {
        "queued": _("Waiting"),
        "queued_at": _("Waiting, place {place}"),
        "reading": _("Reading · {seconds} s"),
        "looking_up": _("Looking it up · {seconds} s"),
        "source": _("Source {n}: {title}"),
        "sources": sources_words(),
        "waiting": _("Waiting for the model · {seconds} s"),
        "writing": _("Writing"),
        "stopped": _("Stopped"),
        "failed": _("The reply failed."),
        "stand_in": stand_in_sentence(),
        "version_of": _("Version {version} of {versions}"),
        "reply_begins": _("{name} begins to reply."),
        "reply_ends": _("{name} has replied."),
        "reply_stopped": _("The reply of {name} was stopped."),
        "reply_failed": _("{name} could not reply."),
    }


def _pictures() -> dict[str, str]:
    return {
        "picture_facts": picture_sentence(),
        "draw_shiba": _(
            "draw a shiba"
        ),  # what a person types: a spelling that the site understands
        "drawing": _("Drawing · {seconds} s"),
    }


def _people() -> dict[str, str]:
    return {
        "writes": _("{name} writes:"),
        "many_messages": _("{count} new messages."),
        "one_typing": _("{name} is typing…"),
        "two_typing": _("{name} and {other} are typing…"),
        "many_typing": _("Several people are typing…"),
        "role_owner": _("owner"),
        "role_moderator": _("moderator"),
        "role_reader": _("reads only"),
        "role_member": "",
    }
