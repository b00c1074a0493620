"""Files that staff hand in through a form of the admin."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from echomind.common.errors import EchoMindError
from rag.models import Corpus
from rag.readers.formats import SUFFIXES
from rag.services.uploads import upload_file
from rag.types import Description


class ManyFilesInput(forms.FileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, perhaps none; each is checked where it is taken in."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=_("add files"),
            help_text=_("txt, md, html, json, jsonl, pdf or docx; several at once."),
            widget=ManyFilesInput(attrs={"accept": ",".join(SUFFIXES)}),
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """The files, however they are."""
        return list(data or [])


def take_in(request: HttpRequest, corpus: Corpus, files: Iterable[UploadedFile[bytes]]) -> None:
    """Hand them in, and tell staff which were taken and what is wrong with the others."""
    taken = 0
    for file in files:
        name = file.name or ""
        try:
            upload_file(
                corpus=corpus,
                description=Description(""),
                file=file,  # type: ignore[arg-type]  # reads as a binary file does
                file_name=name,
                size=file.size or 0,
            )
            taken += 1
        except EchoMindError as error:
            messages.error(request, f"{name}: {error.sentence}")
    if taken:
        told = ngettext("%(count)d file was taken in.", "%(count)d files were taken in.", taken)
        messages.success(request, told % {"count": taken})
