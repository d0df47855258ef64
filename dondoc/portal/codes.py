"""The code of the comment form: drawn, spoken, tried once.

The page carries a sealed token; what it holds cannot be read or made outside. Nothing is stored until a
code is tried; then its key is, so that no code is taken twice, whether it was right or wrong.
"""

import array
import io
import json
import math
import secrets
import wave
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import SystemRandom

from cryptography.fernet import InvalidToken
from django.contrib.staticfiles import finders
from django.db import IntegrityError, transaction
from PIL import Image, ImageDraw, ImageFont

from dondoc.portal.models import SpentCode
from dondoc.portal.sealing import seal, unseal

ALPHABET = "ACEFHKLMNPRTUVWXY34679"
"""No signs that look alike (0 O, 1 I, 2 Z, 5 S, 8 B) or sound alike in Vietnamese (D, Đ, J, G)."""
LENGTH = 5
LIFE = timedelta(minutes=10)
_CLIPS = Path(__file__).parent / "sounds"
_FACE = "vendor/be-vietnam-pro/be-vietnam-pro-latin-600-normal.woff2"
_RATE = 8000
_WIDTH, _HEIGHT = 240, 80
_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Code:
    """What a token holds."""

    answer: str
    form_key: str
    key: str
    made_at: datetime


def new_token(form_key: str, *, at: datetime) -> str:
    """A sealed new code for one form."""
    answer = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    told = [answer, form_key, secrets.token_hex(12), at.isoformat()]
    return seal(json.dumps(told), purpose="code").decode("ascii")


def read(token: str) -> Code | None:
    """The code in a token; None when it was not made here."""
    try:
        answer, form_key, key, made_at = json.loads(unseal(token, purpose="code"))
    except (InvalidToken, ValueError):
        return None
    return Code(answer, form_key, key, datetime.fromisoformat(made_at))


def is_fresh(code: Code, *, at: datetime) -> bool:
    return code.made_at <= at < code.made_at + LIFE


def spend(token: str, typed: str, *, form_key: str, at: datetime) -> bool:
    """Try a code: right, for this form, within its life, and never tried before."""
    code = read(token)
    if code is None or code.form_key != form_key or not is_fresh(code, at=at):
        return False
    try:
        with transaction.atomic():
            SpentCode.objects.create(key=code.key, tried_at=at)
    except IntegrityError:
        return False
    return secrets.compare_digest("".join(typed.upper().split()).encode(), code.answer.encode())


def forget_expired(*, at: datetime) -> int:
    """Sweep keys of codes that could not be tried again anyway."""
    return SpentCode.objects.filter(tried_at__lt=at - LIFE).delete()[0]


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    found = finders.find(_FACE)
    if not isinstance(found, str):
        raise FileNotFoundError(_FACE)
    return ImageFont.truetype(found, size)


def picture(answer: str) -> bytes:
    """The answer as a PNG of 240 × 80 pixels: dark letters, turned, set unevenly, crossed by thin waves."""
    sheet = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    step = (_WIDTH - 24) // len(answer)
    for place, sign in enumerate(answer):
        letter = Image.new("L", (_HEIGHT, _HEIGHT), 0)
        face = _face(_random.randint(42, 52))
        ImageDraw.Draw(letter).text((_HEIGHT // 2, _HEIGHT // 2), sign, font=face, fill=255, anchor="mm")
        letter = letter.rotate(_random.uniform(-20, 20), resample=Image.Resampling.BICUBIC)
        ink = Image.new("RGB", letter.size, _ink(0, 80))
        corner = (12 + place * step + (step - _HEIGHT) // 2, _random.randint(-8, 8))
        sheet.paste(ink, corner, letter)
    for _ in range(3):
        ImageDraw.Draw(sheet).line(_wave(), fill=_ink(70, 140), width=2)
    kept = io.BytesIO()
    sheet.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _ink(darkest: int, lightest: int) -> tuple[int, int, int]:
    return (
        _random.randint(darkest, lightest),
        _random.randint(darkest, lightest),
        _random.randint(darkest, lightest),
    )


def _wave() -> list[tuple[float, float]]:
    height, start = _random.uniform(4, 10), _random.uniform(0, 2 * math.pi)
    middle, length = _random.uniform(0.25, 0.75) * _HEIGHT, _random.uniform(18, 32)
    return [(x, middle + height * math.sin(x / length + start)) for x in range(0, _WIDTH + 4, 4)]


@cache
def _clip(sign: str) -> bytes:
    with wave.open(str(_CLIPS / f"{sign}.wav")) as clip:
        return clip.readframes(clip.getnframes())


def sound(answer: str) -> bytes:
    """The answer spoken in Vietnamese as a WAV: uneven pauses, a little noise over everything."""
    spoken = array.array("B")
    for sign in answer:
        spoken.extend(_clip(sign))
        spoken.extend([128] * int(_RATE * _random.uniform(0.35, 0.6)))
    noise = secrets.token_bytes(len(spoken))
    mixed = bytes(
        max(0, min(255, heard + (hiss >> 4) - 8)) for heard, hiss in zip(spoken, noise, strict=True)
    )
    kept = io.BytesIO()
    with wave.open(kept, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(1)
        written.setframerate(_RATE)
        written.writeframes(mixed)
    return kept.getvalue()
