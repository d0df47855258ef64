"""Settings read from the environment: typed, loud. A wrong value stops the start with a sentence."""

import os
from collections.abc import Callable, Mapping
from typing import TypeVar

T = TypeVar("T")


class WrongSetting(Exception):
    """Names the setting, what it held and what it may hold."""

    def __init__(self, name: str, found: str, wanted: str) -> None:
        super().__init__(f"Cấu hình {name}={found!r} không dùng được: cần {wanted}.")
        self.name = name


def text(name: str, default: str, *, among: tuple[str, ...] = (), env: Mapping[str, str] = os.environ) -> str:
    found = env.get(name, "").strip() or default
    if among and found not in among:
        raise WrongSetting(name, found, "một trong " + ", ".join(among))
    return found


def flag(name: str, default: bool, *, env: Mapping[str, str] = os.environ) -> bool:
    """1/0, true/false, yes/no, có/không; empty means the default."""
    found = env.get(name, "").strip().lower()
    known = {
        "1": True,
        "true": True,
        "yes": True,
        "có": True,
        "0": False,
        "false": False,
        "no": False,
        "không": False,
    }
    if not found:
        return default
    if found not in known:
        raise WrongSetting(name, found, "1 hoặc 0")
    return known[found]


def number(name: str, default: int, *, least: int, most: int, env: Mapping[str, str] = os.environ) -> int:
    found = env.get(name, "").strip()
    if not found:
        return default
    if not found.isascii() or not found.isdigit() or not least <= int(found) <= most:
        raise WrongSetting(name, found, f"số nguyên từ {least} đến {most}")
    return int(found)


def parsed(
    name: str, default: str, parse: Callable[[str], T], wanted: str, *, env: Mapping[str, str] = os.environ
) -> T:
    """Whatever ``parse`` makes of the text; its ``ValueError`` becomes the sentence ``wanted``."""
    found = env.get(name, "").strip() or default
    try:
        return parse(found)
    except ValueError as wrong:
        raise WrongSetting(name, found, wanted) from wrong
