"""Tools: which ones an assistant has, what a question asks of them, and their safe use.

A new tool is a `Tool` in a module here, named in `ToolName` and in `offered.OWN`; one that needs
another app's rows is handed in with the request, as chat does with `site_data`.
"""

from ai.tools.documents import documents_tool
from ai.tools.findings import (
    brings_passages,
    explained,
    reserved_tokens,
    with_findings,
    without_passages,
)
from ai.tools.judging import examine
from ai.tools.loop import answered
from ai.tools.offered import heard_calls, offered_tools
from ai.tools.task import afterthought, task_for
from ai.tools.workbench import Workbench

__all__ = [
    "Workbench",
    "afterthought",
    "answered",
    "brings_passages",
    "documents_tool",
    "examine",
    "explained",
    "heard_calls",
    "offered_tools",
    "reserved_tokens",
    "task_for",
    "with_findings",
    "without_passages",
]
