"""Reads every kept file again and names those whose bytes changed or went."""

import hashlib
from collections.abc import Iterator, Sequence

from django.core.files.storage import default_storage

from dondoc.files.models import StoredFile


def broken_files(only: Sequence[str] = ()) -> Iterator[str]:
    """One sentence per missing or altered file; ``only`` those of these digests when given."""
    kept = StoredFile.objects.order_by("sha256", "pk").values_list("sha256", "name").distinct()
    if only:
        kept = kept.filter(sha256__in=only)
    for sha256, name in kept.iterator(chunk_size=2000):
        path = StoredFile(sha256=sha256).path
        if not default_storage.exists(path):
            yield f"Tệp “{name}” (vân tay {sha256[:8]}) đã mất."
            continue
        digest = hashlib.sha256()
        with default_storage.open(path) as source:
            for chunk in source.chunks():
                digest.update(chunk)
        if digest.hexdigest() != sha256:
            yield f"Tệp “{name}” (vân tay {sha256[:8]}) đã bị sửa."
