"""The seeded checker: random tabs under a random nemesis, then everything is compared.

After Jepsen (jepsen.io): a generator of operations, a nemesis, a history, and a checker that
compares stored rows, acknowledgements and what each client has seen. A seed decides the operations
and faults; the network decides their timing.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from tests.faults.proxy import FaultProxy, fault_proxy
from tests.faults.site import FaultSite
from tests.flows.client import Person, RejectedError, Tab
from tests.flows.client.shapes import Json
from tests.flows.client.tab import open_tab
from tests.flows.speaking import assistant_of
from tests.live.waiting import until

OPERATIONS = 12  # of each tab
DONE = "is done"
ENDED = ("done", "stopped", "failed")  # states in which a reply stays
ENDED_WITHIN_S = 45
GONE = ("message_not_found", "not_allowed")  # answers to the repetition of a delete that was done


@dataclass
class History:
    """What a schedule did, to be printed with its failure."""

    seed: int
    lines: list[str] = field(default_factory=list)

    def note(self, *words: object) -> None:
        """Add one line."""
        self.lines.append(" ".join(map(str, words)))

    def __str__(self) -> str:
        return f"seed {self.seed}\n" + "\n".join(self.lines)


class Client:
    """One random user of a tab. It edits and deletes only what it said itself."""

    def __init__(self, tab: Tab, assistant: str, seed: str, history: History) -> None:
        self.tab = tab
        self.assistant = assistant
        self.random = random.Random(seed)
        self.history = history
        self.own: list[int] = []

    async def act(self) -> None:
        """Do all operations, one after the other."""
        kinds = [self._send, self._edit, self._delete, self._drop, self._ask]
        for number in range(OPERATIONS):
            (operation,) = self.random.choices(kinds, weights=(10, 4, 4, 4, 1))
            await operation(number)
            await asyncio.sleep(self.random.uniform(0, 0.06))
        self.history.note(self.tab.person.username, DONE)

    async def _send(self, number: int) -> None:
        text = f"{self.tab.person.username} {number} {self.random.choice('早安✓é')}"
        message = await self.tab.send(text)
        self.own.append(message["id"])
        self.history.note("sent", message["seq"], text)

    async def _ask(self, number: int) -> None:
        to = {"kind": "assistant", "username": self.assistant}
        message = await self.tab.send(f"question {number}", to=to)
        self.history.note("asked", message["seq"], message["reply"]["id"])

    async def _edit(self, number: int) -> None:
        if self.own:
            chosen = self.random.choice(self.own)
            text = f"edited {number} {chosen}"
            await self._change("message.edit", message=chosen, text=text)

    async def _delete(self, number: int) -> None:
        if self.own:
            chosen = self.own.pop(self.random.randrange(len(self.own)))
            await self._change("message.delete", message=chosen)

    async def _drop(self, number: int) -> None:
        self.history.note("dropped", self.tab.person.username)
        self.tab.drop()

    async def _change(self, kind: str, **fields: Any) -> None:
        try:
            answer = await self.tab.insist(kind, **fields)
        except RejectedError as rejected:
            if rejected.code not in GONE:
                raise
            self.history.note(kind, fields, rejected.code)
        else:
            self.history.note(kind, fields, answer["seq"])


Nemesis = Callable[[FaultSite, list[FaultProxy], random.Random, History], Coroutine[Any, Any, None]]


async def run_schedule(
    site: FaultSite, people: list[Person], room: str, seed: int, nemesis: Nemesis
) -> None:
    """Run one schedule and compare. Raises AssertionError with the history."""
    history = History(seed)
    async with AsyncExitStack() as stack:
        proxies = [await stack.enter_async_context(fault_proxy(a)) for a in site.addresses]
        addresses = [proxy.base_url for proxy in proxies]
        tabs = [
            await stack.enter_async_context(open_tab(person, room, *addresses[n % 2 :], *addresses))
            for n, person in enumerate(people)
        ]
        assistant = await assistant_of(people[0], room)
        clients = [Client(tab, assistant, f"{seed} {n}", history) for n, tab in enumerate(tabs)]
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(nemesis(site, proxies, random.Random(seed), history))
                for client in clients:
                    group.create_task(client.act())
            await _compare(people[0], room, clients)
        except* (AssertionError, TimeoutError, RejectedError) as errors:
            raise AssertionError(f"{errors.exceptions}\n{history}") from errors


async def _compare(person: Person, room: str, clients: list[Client]) -> None:
    await until(lambda: _no_reply_runs(person, room), ENDED_WITHIN_S)
    newest = (await person.room(room))["seq"]
    for client in clients:
        await client.tab.caught_up(newest)
    stored = await person.messages(room)
    rows = {message["id"]: message for message in stored}
    for client in clients:
        _compare_acknowledged(client.tab, rows)
        client.tab.view.assert_sound()
        client.tab.view.assert_same_as(stored)
        assert client.tab.view.repeated == 0, f"{client.tab.person.username} was told twice"
    acknowledged = {id_ for client in clients for id_ in _row_ids(client.tab)}
    for row in stored:
        origin = row["reply_to"] if row["author"]["kind"] == "assistant" else row["id"]
        assert origin in acknowledged, f"a row that nobody asked for: {row}"


async def _no_reply_runs(person: Person, room: str) -> bool:
    replies = [m["reply"] for m in await person.messages(room) if m["reply"]]
    return all(reply["state"] in ENDED for reply in replies)


def _row_ids(tab: Tab) -> list[int]:
    return [message["id"] for message in tab.acknowledged.values()]


def _compare_acknowledged(tab: Tab, rows: dict[int, Json]) -> None:
    """Each acknowledged message is stored once, at its number, unless it was deleted since."""
    ids = _row_ids(tab)
    assert len(ids) == len(set(ids)), "two messages were acknowledged with one row"
    for message in tab.acknowledged.values():
        if message["id"] in tab.view.removed:
            continue
        row = rows.get(message["id"])
        assert row, f"acknowledged and lost: {message}"
        assert row["seq"] == message["seq"]
