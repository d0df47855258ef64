"""Taking a file in, and giving its bytes out."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from dondoc.files import kinds
from dondoc.files.models import StoredFile
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refused, not_yet

MEGABYTE = 1024 * 1024


def take_in(
    upload: UploadedFile[Any], *, by: AbstractBaseUser, at: datetime, among: Sequence[str] = kinds.EVIDENCE
) -> StoredFile:
    """Keep what a person uploaded.

    Raises: ``Refused`` with a sentence for an empty, too large, locked, broken or unwelcome file.
    """
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if size > settings.UPLOAD_LIMIT:
        shown = f"{size / MEGABYTE:.1f}".replace(".", ",")
        most = settings.UPLOAD_LIMIT // MEGABYTE
        sentence = f"Tệp “{name}” nặng {shown} MB, quá {most} MB. Chia nhỏ hoặc nén tệp rồi tải lại."
        raise _unfit("too_large", sentence)
    return keep(upload.read(), name=name, by=by, at=at, among=among)


def keep(
    data: bytes,
    *,
    name: str,
    by: AbstractBaseUser | None,
    at: datetime,
    among: Sequence[str] = kinds.EVIDENCE,
) -> StoredFile:
    """Keep these bytes under their digest; the same bytes are stored once.

    Raises: ``Refused`` with a sentence that says what is wrong and what to do.
    """
    kind = _welcome(data, name, among)
    stored = StoredFile(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        kind=kind,
        name=name,
        brought_by_id=by.pk if by else None,
        brought_at=at,
    )
    _lay_down(stored.path, data)
    stored.save()
    return stored


def _lay_down(path: str, data: bytes) -> None:
    """Once, and whole: what a full disk or a killed server left half written is written again."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(data):
            return
        default_storage.delete(path)
    default_storage.save(path, ContentFile(data))


def _welcome(data: bytes, name: str, among: Sequence[str]) -> str:
    """The kind of these bytes, when it may come in under this name."""
    if not data:
        raise _unfit("empty", f"Tệp “{name}” rỗng (0 byte). Kiểm tra lại tệp gốc rồi tải lên lần nữa.")
    try:
        kind = kinds.sniff(data)
    except kinds.Unfit as unfit:
        raise Refused(not_yet(unfit.code, unfit.sentence.format(name=name))) from unfit
    ending = PurePath(name).suffix.lower()
    if kind is None and any(ending in kinds.KINDS[code].endings for code in among):
        called = ending.lstrip(".").upper()
        sentence = f"Tệp “{name}” bị hỏng, hoặc mang đuôi {ending} mà không phải {called}. Tải lại bản đúng."
        raise _unfit("broken", sentence)
    if kind is None or kind not in among:
        wanted = ", ".join(code.upper() for code in among)
        most = settings.UPLOAD_LIMIT // MEGABYTE
        raise _unfit("unwelcome", f"Không nhận tệp {ending or 'này'}. Chỉ nhận {wanted}, tối đa {most} MB.")
    if ending not in kinds.KINDS[kind].endings:
        proper = kinds.KINDS[kind].endings[0]
        sentence = f"Tệp “{name}” thật ra là {kind.upper()}. Đổi đuôi tệp cho đúng ({proper}) rồi tải lại."
        raise _unfit("disguised", sentence)
    return kind


def _unfit(code: str, sentence: str) -> Refused:
    return Refused(not_yet(f"files.{code}", sentence))


def read(stored: StoredFile) -> bytes:
    """The bytes of a kept file."""
    with default_storage.open(stored.path) as source:
        data: bytes = source.read()
    return data


def clean_name(name: str) -> str:
    """The last part of the name, NFC, without control characters, at most 120 characters."""
    last = PurePath(nfc(name).replace("\\", "/")).name
    kept = "".join(char for char in last if char.isprintable()).strip() or "tep"
    if len(kept) <= 120:
        return kept
    ending = PurePath(kept).suffix[:10]
    return kept[: 120 - len(ending)] + ending
