"""Many files at once as people have them: folders, archives, and what systems leave lying in both. Pure."""

from pathlib import PurePosixPath

from dondoc.foundation.folding import nfc

MOST_IN_BATCH = 1000
_LEFT_BY_SYSTEMS = ("thumbs.db", "desktop.ini", "__macosx")


def origin_of(path: str) -> str:
    """Where a file stood in its folder, fit to be shown: no way up or out, nothing unprintable."""
    parts = nfc(path).replace("\\", "/").split("/")
    kept = ("".join(char for char in part if char.isprintable()).strip() for part in parts)
    return "/".join(part for part in kept if part not in {"", ".", ".."})[-300:]


def is_left_by_a_system(origin: str) -> bool:
    """No paper: what systems and programs keep in folders for themselves."""
    parts = PurePosixPath(origin).parts
    return not parts or any(
        part.startswith((".", "~$")) or part.lower() in _LEFT_BY_SYSTEMS for part in parts
    )
