"""What leaves an assistant's window is summed up by its model, after the reply."""

from tests.fakes.model_server import ModelServer
from tests.flows.client import Person
from tests.flows.client.shapes import Json
from tests.flows.speaking import ask, say
from tests.live.waiting import until

STORY = "The sea at Hualien was calm and the cat slept in the sun. " * 5
SUMMARY = "They told of a cat by the sea."


async def test_a_full_window_is_summed_up_and_the_next_prompt_begins_with_it(
    owner: Person, reader: Person, room: str, assistant: str, model: ModelServer
) -> None:
    model.set_script(text=SUMMARY)
    async with await owner.connect() as socket:
        await socket.open_room(room)
        for number in range(14):
            await say(socket, room, f"{number}. {STORY}")
        await socket.expect("reply.finished", reply=await ask(socket, room, assistant))

    async def is_summed_up() -> bool:
        return bool((await memory(reader, room, assistant))["summary"])

    await until(is_summed_up, within=30)
    known = await memory(reader, room, assistant)
    assert known["summary"] == SUMMARY
    assert 0 < known["until"] < 15
    context: Json = await owner.get(f"/api/v1/rooms/{room}/context/", assistant=assistant)
    assert context["summarised"]
    assert context["tokens"] < 0.8 * context["budget"]


async def test_a_short_conversation_is_left_in_its_words(
    owner: Person, room: str, assistant: str, model: ModelServer
) -> None:
    async with await owner.connect() as socket:
        await socket.open_room(room)
        await socket.expect("reply.finished", reply=await ask(socket, room, assistant))
    assert (await memory(owner, room, assistant))["summary"] == ""


async def memory(person: Person, room: str, assistant: str) -> Json:
    """What the assistant remembers of the room, as this person sees it."""
    told: Json = await person.get(f"/api/v1/rooms/{room}/memory/")
    found: Json = next(
        each for each in told["memories"] if each["assistant"]["username"] == assistant
    )
    return found
