"""Keys of this room, each made from the house's secret for one purpose only."""

import base64
from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@cache
def _fernet(secret: str, purpose: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=f"dondoc.portal.{purpose}".encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str, *, purpose: str) -> bytes:
    """Encrypted and signed; the same text gives different bytes each time."""
    return _fernet(settings.SECRET_KEY, purpose).encrypt(text.encode())


def unseal(sealed: bytes | str, *, purpose: str) -> str:
    """Raises: ``cryptography.fernet.InvalidToken`` for what was not sealed here for this purpose."""
    return _fernet(settings.SECRET_KEY, purpose).decrypt(sealed).decode()
