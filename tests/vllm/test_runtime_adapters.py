"""Adapters that the registry gains and loses while the server runs."""

import shutil
from pathlib import Path

import pytest

from ai.backends.vllm import Vllm
from ai.errors import ModelMissingError
from echomind.stack.vllm_server import VllmServer
from tests.vllm.adapter import ADAPTER
from tests.vllm.orders import answer, order
from tests.vllm.train_adapter import ANSWER

pytestmark = pytest.mark.timeout(1800)


async def test_an_adapter_is_loaded_and_dropped_without_a_new_start(
    vllm: Vllm, vllm_server: VllmServer, adapter: Path, tmp_path: Path
) -> None:
    assert vllm_server.child
    process = vllm_server.child.pid
    late = shutil.copytree(adapter, tmp_path / "late")
    first = {ADAPTER: str(adapter)}
    assert vllm_server.change_adapters({**first, "late": str(late)}) == []
    text, _ = await answer(vllm, order("Name one fruit.", adapter="late", top_k=1))
    assert text == ANSWER
    assert vllm_server.change_adapters(first) == []
    with pytest.raises(ModelMissingError):
        await answer(vllm, order("Name one fruit.", adapter="late"))
    assert vllm_server.child.pid == process


def test_an_adapter_that_is_not_there_is_refused_with_a_sentence(
    vllm_server: VllmServer, adapter: Path, tmp_path: Path
) -> None:
    first = {ADAPTER: str(adapter)}
    (refusal,) = vllm_server.change_adapters({**first, "ghost": str(tmp_path)})
    assert "ghost" in refusal
    vllm_server.change_adapters(first)
