"""Figures as tables that people read in a terminal and that Markdown files can hold."""

from collections.abc import Mapping

from rich import box
from rich.table import Table

from rag.evaluation.abstention import Separation
from rag.evaluation.measures import MEASURES
from rag.evaluation.resampling import Interval
from rag.evaluation.summary import COMPARED, FLOOR, StageSummary


def stages_table(stages: Mapping[str, StageSummary]) -> Table:
    """One row a stage."""
    table = _table("stage", *MEASURES, f"{COMPARED} ÷ {FLOOR}", "median")
    for name, stage in stages.items():
        table.add_row(
            name,
            *(_told(interval) for interval in stage.measures.values()),
            _told(stage.against_floor, digits=2),
            f"{stage.median_ms:.1f} ms",
        )
    return table


def groups_table(
    field: str, groups: Mapping[str, tuple[int, Mapping[str, Interval]]], stages: list[str]
) -> Table:
    """One row a group, the nDCG of each stage."""
    table = _table(f"{COMPARED} by {field}", "questions", *stages)
    for name, (count, figures) in groups.items():
        told = [_told(figures[stage]) if stage in figures else "–" for stage in stages]
        table.add_row(name or "–", str(count), *told)
    return table


def separations_table(separations: Mapping[str, Separation]) -> Table:
    """One row a stage: how well its best score tells when there is no answer."""
    table = _table("best score of", "AUC", "threshold", "answered, above", "unanswered, below")
    for name, found in separations.items():
        shares = (f"{share:.0%}" for share in (found.kept, found.declined))
        table.add_row(name, f"{found.auc:.3f}", f"{found.threshold:.4g}", *shares)
    return table


def _table(*columns: str) -> Table:
    table = Table(box=box.MARKDOWN)
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def _told(interval: Interval, *, digits: int = 3) -> str:
    value, low, high = (
        f"{bound:.{digits}f}" for bound in (interval.value, interval.low, interval.high)
    )
    return f"{value} ({low}–{high})"
