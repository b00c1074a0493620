"""An assistant with all that goes into a reply: a persona, tools, and a memory of the room."""

from dataclasses import replace

from asgiref.sync import sync_to_async

from accounts.models import User
from ai.api import create_assistant, keep_step, remember_fact, revision_of
from ai.memory.summaries import Step
from ai.models import Assistant
from ai.personas import personas
from ai.types import ToolName
from bench.population import People, make_people, make_room
from chat.models import Membership, Room

EQUIPPED = "bench-zhuge"
PERSONA = "zhuge"
SUMMARY = "They planned a trip to the lake and asked who brings the tent. Mei does, on Saturday."
FACTS = ("Mei has a dog called Dumpling.", "The room meets on Saturdays.", "Nobody eats peanuts.")
# A tool hears this by its rules; its finding stands below the question.
TOOL_QUESTION = "How many messages were written here today?"


async def make_equipped_people(*, reply_tokens: int) -> People:
    """One person, whom an assistant with a persona and tools answers."""
    await _equip()
    return replace(await make_people(1, reply_tokens=reply_tokens), assistant=EQUIPPED)


async def make_remembered_room(people: People) -> Room:
    """An empty room of which this assistant has a summary and facts."""
    room = await make_room(people)
    await _remember(room, people.users[0])
    return room


@sync_to_async
def _equip() -> None:
    persona = next(persona for persona in personas() if persona.username == PERSONA)
    create_assistant(username=EQUIPPED, name=persona.name, is_public=True)
    Assistant.objects.filter(user__username=EQUIPPED).update(
        instructions=persona.instructions, tools=[ToolName.SITE_DATA, ToolName.SMALL_MODEL]
    )


@sync_to_async
def _remember(room: Room, owner: User) -> None:
    assistant = User.objects.get(username=EQUIPPED)
    Membership.objects.create(room=room, user=assistant)
    conversation = f"{room.pk}:{assistant.pk}"
    keep_step(conversation, Step(0, SUMMARY), revision=revision_of(conversation))
    for fact in FACTS:
        remember_fact(conversation=conversation, text=fact, message=None, by=owner.pk)
