"""Old Word files, turned into new ones by LibreOffice where it is installed."""

import os
import resource
import shutil
import subprocess
from pathlib import Path

from dondoc.extraction import limits
from dondoc.extraction.model import Unreadable

_PROGRAMS = ("soffice", "libreoffice")
_MANNERS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop>
</item>
</oor:items>
"""
"""No macro runs and nothing a document points at is fetched."""


def docx(data: bytes, name: str, kind: str) -> bytes:
    """The same paper as a .docx.

    Raises: ``Unreadable`` without LibreOffice, when it takes too long or gives nothing.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Unreadable(
            "no_office",
            f"Tệp “{name}” thuộc định dạng cũ (.{kind}); máy chủ chưa cài LibreOffice nên chưa đọc được. "
            "Mở bằng Word, lưu thành .docx rồi tải lên.",
        )
    here = Path.cwd()
    profile = here / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_MANNERS, encoding="utf-8")
    source, target = here / f"old.{kind}", here / "new" / "old.docx"
    source.write_bytes(data)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
               "--convert-to", "docx", "--outdir", str(target.parent), str(source)]  # fmt: skip
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_wider,
            timeout=limits.OFFICE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable(
            "slow", f"Chuyển tệp “{name}” quá lâu nên đã dừng. Mở bằng Word, lưu thành .docx rồi tải lên."
        ) from late
    if not target.exists():
        raise Unreadable(
            "broken", f"Tệp “{name}” không chuyển được. Mở bằng Word, lưu thành .docx rồi tải lên."
        )
    if os.path.getsize(target) > limits.MOST_BYTES:
        raise Unreadable("too_long", f"Tệp “{name}” quá dài. Tách riêng văn bản cần đọc rồi tải lên.")
    return target.read_bytes()


def _wider() -> None:
    """Between fork and exec: LibreOffice maps more than our own parsing may have."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
