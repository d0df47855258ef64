"""``dondoc doctor``: is this installation as it should be?"""

import shutil
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from dondoc.foundation import calendar, clock

_PROGRAMS = {"soffice": "đọc .doc", "tesseract": "đọc bản quét"}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing looked at. ``optional`` things may be missing."""

    what: str
    fine: bool
    told: str
    optional: bool = False


def examine() -> list[Found]:
    """Everything worth looking at, cheapest first; nothing is changed."""
    found = [_database(), _storage(), _mail(), _disk(), _holidays(), _address()]
    found += [
        Found(
            f"chương trình {name}",
            bool(path := shutil.which(name)),
            path or f"không có: {use} chưa dùng được",
            True,
        )
        for name, use in _PROGRAMS.items()
    ]
    for message in checks.run_checks(include_deployment_checks=settings.SECURE):
        found.append(Found("kiểm tra cấu hình", False, f"{message.id}: {message.msg}"))
    return found


def _database() -> Found:
    try:
        plan = MigrationExecutor(connection).migration_plan(
            MigrationExecutor(connection).loader.graph.leaf_nodes()
        )
    except DatabaseError as error:
        return Found("cơ sở dữ liệu", False, str(error).splitlines()[0])
    told = (
        f"{connection.vendor}, còn {len(plan)} bước nâng cấp"
        if plan
        else f"{connection.vendor}, đúng phiên bản"
    )
    return Found("cơ sở dữ liệu", not plan, told)


def _storage() -> Found:
    try:
        name = default_storage.save("doctor/probe", ContentFile(b"probe"))
        default_storage.delete(name)
    except OSError as error:
        return Found("kho tệp", False, str(error))
    return Found("kho tệp", True, "ghi và xóa được")


def _mail() -> Found:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Found("thư điện tử", True, "ghi ra tệp hoặc màn hình, không gửi đi", True)
    try:
        socket.create_connection((settings.EMAIL_HOST, int(str(settings.EMAIL_PORT))), timeout=5).close()
    except OSError as error:
        return Found("thư điện tử", False, f"{settings.EMAIL_HOST}: {error}")
    return Found("thư điện tử", True, settings.EMAIL_HOST)


def _disk() -> Found:
    free = shutil.disk_usage(settings.DONDOC_HOME).free // (1024 * 1024)
    return Found("chỗ trống trên đĩa", free > 1024, f"{free} MB")


def _holidays() -> Found:
    year = clock.today().year
    known = year in calendar.known_years()
    return Found(
        "lịch nghỉ", known, f"đã có năm {year}" if known else f"chưa có ngày nghỉ của năm {year}", True
    )


def _address() -> Found:
    parts = urlsplit(settings.PUBLIC_URL)
    if settings.SECURE:
        return Found("địa chỉ công khai", True, settings.PUBLIC_URL)
    here = parts.hostname in {"localhost", "127.0.0.1"}
    return Found("địa chỉ công khai", here, f"{settings.PUBLIC_URL} (điện thoại cần https)", True)
