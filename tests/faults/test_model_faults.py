"""A model that is silent for long, and one that goes away: a true state at every moment."""

import pytest

from tests.fakes.model_server import ModelServer
from tests.faults.site import FaultSite
from tests.flows.client import Person
from tests.flows.client.tab import open_tab
from tests.flows.speaking import assistant_of

pytestmark = pytest.mark.faults


@pytest.mark.timeout(180)
async def test_65_seconds_of_silence_end_in_the_whole_answer_at_the_first_attempt(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    model.set_script(text="After long thought: yes.", silence_s=65)
    assistant = await assistant_of(people[0], room)
    async with open_tab(people[0], room) as tab:
        sent = await tab.send("think", to={"kind": "assistant", "username": assistant})
        reply = sent["reply"]["id"]
        await tab.until(lambda: tab.view.state_of(reply) == "done", within=100)
        assert tab.view.text_of(reply) == "After long thought: yes."
        assert tab.view.replies[reply].attempt == 1
        assert "writing" not in tab.view.replies[reply].stages[:1]
