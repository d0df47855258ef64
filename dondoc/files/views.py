"""Giving a file to a person. Who may have it is asked by the room that owns the record it belongs to."""

from django.core.files.storage import default_storage
from django.http import FileResponse

from dondoc.files.kinds import KINDS
from dondoc.files.models import StoredFile


def give(stored: StoredFile) -> FileResponse:
    """The bytes as a download: never shown inside our own pages, never sniffed, never cached by others."""
    response = FileResponse(
        default_storage.open(stored.path),
        as_attachment=True,
        filename=stored.name,
        content_type=KINDS[stored.kind].media_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
