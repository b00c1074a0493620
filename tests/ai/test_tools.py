"""Tools on the way to an answer: by a model's own calls, or by rules where it cannot call."""

from ai.types import ToolsUsed
from tests.ai.conversations import asked
from tests.ai.listening import text_of
from tests.ai.weather import SCHEMA, TAIPEI, heard, request_with, uses_in, weather
from tests.fakes.model_server import ModelServer


async def test_a_call_brings_its_result_to_the_model_and_then_an_answer(
    server: ModelServer,
) -> None:
    server.set_script(text="It is sunny.", tokens_per_second=0, calls=[TAIPEI])
    events = await heard(request_with(server, weather()))
    assert text_of(events) == "It is sunny."
    (use,) = uses_in(events)
    assert (use.name, use.arguments, use.error) == ("weather", {"city": "台北"}, "")
    first, second = server.requests()[-2:]
    assert first["tools"][0]["function"]["parameters"] == SCHEMA
    assert second["messages"][-2]["tool_calls"][0]["function"]["arguments"] == '{"city": "台北"}'
    assert second["messages"][-1] == {
        "role": "tool",
        "content": '{"city": "台北", "sky": "sunny"}',
        "tool_call_id": "call-0",
    }


async def test_the_beginning_of_the_prompt_stays_while_tools_are_used(server: ModelServer) -> None:
    server.set_script(text="Sunny.", tokens_per_second=0, calls=[TAIPEI], call_rounds=2)
    await heard(request_with(server, weather()))
    first, second, third = server.requests()[-3:]
    assert first["tools"] == second["tools"] == third["tools"]
    assert second["messages"][: len(first["messages"])] == first["messages"]
    assert third["messages"][: len(second["messages"])] == second["messages"]


async def test_a_running_tool_is_told_before_its_result(server: ModelServer) -> None:
    server.set_script(text="Sunny.", tokens_per_second=0, calls=[TAIPEI])
    told = [
        e.uses[-1] for e in await heard(request_with(server, weather())) if isinstance(e, ToolsUsed)
    ]
    assert [use.ms is None for use in told] == [True, False]


async def test_a_model_that_cannot_call_reads_what_the_rules_heard(server: ModelServer) -> None:
    server.set_script(text="Sunny.", tokens_per_second=0)
    events = await heard(request_with(server, weather(), calls=False))
    assert [use.name for use in uses_in(events)] == ["weather"]
    body = server.requests()[-1]
    assert "tools" not in body
    last = body["messages"][-1]["content"]
    assert last.endswith('\n[<weather>] {"city": "台北", "sky": "sunny"}')


async def test_a_question_that_needs_no_tool_uses_none(server: ModelServer) -> None:
    server.set_script(text="Hello.", tokens_per_second=0)
    events = await heard(request_with(server, weather(), asked("hi"), calls=False))
    assert uses_in(events) == ()
    assert not [event for event in events if isinstance(event, ToolsUsed)]


async def test_the_system_message_is_the_same_with_and_without_findings(
    server: ModelServer,
) -> None:
    server.set_script(text="Hello.", tokens_per_second=0)
    for question in ("hi", "How is the weather?"):
        await heard(request_with(server, weather(), asked(question), calls=False))
    plain, looked = server.requests()[-2:]
    assert plain["messages"][0] == looked["messages"][0]


async def test_an_assistant_has_only_the_tools_on_its_list(server: ModelServer) -> None:
    server.set_script(text="Hello.", tokens_per_second=0, calls=[TAIPEI])
    events = await heard(request_with(server, weather(), listed=("small_model",)))
    (use,) = uses_in(events)
    assert use.error == "tool_unknown"
    offered = [tool["function"]["name"] for tool in server.requests()[-1]["tools"]]
    assert offered == ["small_model"]


async def test_a_tool_that_does_not_exist_is_not_offered(server: ModelServer) -> None:
    server.set_script(text="Hello.", tokens_per_second=0)
    await heard(request_with(server, weather(), listed=("draw_picture", "weather")))
    assert [t["function"]["name"] for t in server.requests()[-1]["tools"]] == ["weather"]
