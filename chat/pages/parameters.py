"""What the pane of parameters shows: one control a parameter, with what it may be and why it may not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ai.api import RANGES
from ai.errors import ParameterUnsupportedError
from chat.selectors.parameters import LiveParameters

LABELS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "temperature": (_("Temperature"), _("Low: sober and alike. High: free and surprising.")),
    "top_p": (_("Top-p"), _("Only the likeliest words that together have this share.")),
    "top_k": (_("Top-k"), _("Only so many of the likeliest words; 0 means all.")),
    "max_tokens": (_("Longest answer, in tokens"), ""),
    "repetition_penalty": (_("Repetition penalty"), _("Above 1 it repeats itself less.")),
    "repeat_last_n": (_("How many tokens it looks back on for repetitions"), ""),
    "mirostat": (
        _("Mirostat"),
        _("Holds the surprise of a text steady; then top-p and top-k rest."),
    ),
    "mirostat_tau": (_("Mirostat tau"), _("How surprising the text should be.")),
    "mirostat_eta": (_("Mirostat eta"), _("How fast it is corrected.")),
    "seed": (_("Seed"), _("The same seed gives the same answer. Empty: another each time.")),
    "stop": (
        _("Stop strings"),
        _("The answer ends before any of these. Type \\n for a line break."),
    ),
}
CHOICES = {"mirostat": ((0, _("Off")), (1, "1"), (2, "2"))}
WITHOUT_SLIDER = frozenset({"seed", "stop"})


@dataclass(frozen=True, slots=True)
class Control:
    """One parameter as the pane shows it. `reason` says why it cannot be set, or nothing."""

    name: str
    label: str | Promise
    help: str | Promise
    value: str
    lowest: str = ""
    highest: str = ""
    step: str = ""
    choices: tuple[tuple[int, str | Promise], ...] = ()
    reason: str | Promise = ""

    @property
    def has_slider(self) -> bool:
        """Whether a slider stands beside the number."""
        return not self.choices and self.name not in WITHOUT_SLIDER

    @property
    def belongs_to_mirostat(self) -> bool:
        """Whether it does something only while mirostat is on."""
        return self.name.startswith("mirostat_")


def controls_for(live: LiveParameters) -> list[Control]:
    """A control for each parameter but the stop strings, in the order people look for them."""
    return [control for control in _controls(live) if control.name != "stop"]


def stops_for(live: LiveParameters) -> Control:
    """The heading of the list of stop strings."""
    return next(control for control in _controls(live) if control.name == "stop")


def _controls(live: LiveParameters) -> Iterator[Control]:
    for name, (label, explanation) in LABELS.items():
        limits = RANGES.get(name)
        yield Control(
            name=name,
            label=label,
            help=explanation,
            value=_shown(getattr(live.parameters, name)),
            lowest=_shown(limits.lowest) if limits else "",
            highest=_shown(limits.highest) if limits else "",
            step=_shown(limits.step) if limits else "",
            choices=CHOICES.get(name, ()),
            reason=_reason(live, name, label),
        )


def _reason(live: LiveParameters, name: str, label: str | Promise) -> str | Promise:
    if live.abilities is None or name not in live.unsupported:
        return ""
    return ParameterUnsupportedError(name=label, server=live.abilities.server).sentence


def _shown(value: object) -> str:
    """A number as a control of the browser takes it, in any language."""
    return f"{value:.10g}" if isinstance(value, int | float) else ""
