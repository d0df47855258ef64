"""Taking a file in, and giving its bytes out."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from dondoc.files import kinds
from dondoc.files.models import StoredFile
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import not_yet, require


def take_in(
    upload: UploadedFile, *, by: AbstractBaseUser, at: datetime, among: Sequence[str] = kinds.EVIDENCE
) -> StoredFile:
    """Keep what a person uploaded.

    Raises: ``Refused`` with a sentence for an empty, too large, locked, broken or unwelcome file.
    """
    name = clean_name(upload.name or "")
    megabytes = settings.UPLOAD_LIMIT // (1024 * 1024)
    if (upload.size or 0) > settings.UPLOAD_LIMIT:
        size = f"{(upload.size or 0) / 1048576:.1f}".replace(".", ",")
        require(not_yet("files.too_large", f"Tệp “{name}” nặng {size} MB, quá {megabytes} MB. Chia nhỏ hoặc nén tệp rồi tải lại."))
    return keep(upload.read(), name=name, by=by, at=at, among=among)


def keep(
    data: bytes, *, name: str, by: AbstractBaseUser | None, at: datetime, among: Sequence[str] = kinds.EVIDENCE
) -> StoredFile:
    """Keep these bytes under their digest; the same bytes are stored once.

    Raises: ``Refused`` with a sentence that says what is wrong and what to do.
    """
    wanted = ", ".join(code.upper() for code in among)
    if not data:
        require(not_yet("files.empty", f"Tệp “{name}” rỗng (0 byte). Kiểm tra lại tệp gốc rồi tải lên lần nữa."))
    try:
        kind = kinds.sniff(data)
    except kinds.Locked:
        require(not_yet("files.locked", f"Tệp “{name}” đặt mật khẩu nên không đọc được. Bỏ mật khẩu rồi tải lại."))
    except kinds.Broken:
        require(not_yet("files.broken", f"Tệp “{name}” bị hỏng, không mở được. Xuất lại tệp từ nguồn rồi tải lên."))
    except kinds.Bomb:
        require(not_yet("files.bomb", f"Tệp “{name}” giải nén ra quá lớn nên không được nhận."))
    except kinds.Macros:
        require(not_yet("files.macros", f"Tệp “{name}” có macro nên không được nhận. Lưu lại dưới dạng không có macro."))
    ending = PurePath(name).suffix.lower()
    if kind not in among:
        shown = ending or "này"
        require(not_yet("files.unwelcome", f"Không nhận tệp {shown}. Chỉ nhận {wanted}, tối đa {settings.UPLOAD_LIMIT // 1048576} MB."))
    elif ending not in kinds.KINDS[kind].endings:
        require(
            not_yet(
                "files.disguised",
                f"Tệp “{name}” thật ra là {kind.upper()}. Đổi đuôi tệp cho đúng ({kinds.KINDS[kind].endings[0]}) rồi tải lại.",
            )
        )
    stored = StoredFile(
        sha256=hashlib.sha256(data).hexdigest(), size=len(data), kind=kind, name=name, brought_by_id=by and by.pk, brought_at=at
    )
    if not default_storage.exists(stored.path):
        default_storage.save(stored.path, ContentFile(data))
    stored.save()
    return stored


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
