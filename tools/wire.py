"""A wire between browser and house, on the loopback alone, that can be cut at any byte and made slow."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
import time
from collections import Counter

SLOWEST = 0.03
"""Seconds that a piece of a request or an answer waits, at most, while the wire is bad."""
_AT_ONCE = struct.pack("ii", 1, 0)


class Wire:
    """Listens on a port of its own and passes bytes on; while ``bad`` every connection ends at some byte."""

    def __init__(self, to: int, chance: random.Random) -> None:
        self.to, self.chance, self.bad = to, chance, False
        self.cuts: Counter[str] = Counter()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            try:
                house = socket.create_connection(("127.0.0.1", self.to), timeout=5)
            except OSError:
                browser.close()
                continue
            house.settimeout(None)
            for source, sink, what in ((browser, house, "requests"), (house, browser, "answers")):
                threading.Thread(target=self._pass_on, args=(source, sink, what), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, what: str) -> None:
        left: int | None = None
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if self.bad:
                    time.sleep(self.chance.uniform(0, SLOWEST))
                    left = self._length() if left is None else left
                    if len(data) > left:
                        sink.sendall(data[:left])
                        self.cuts[what] += 1
                        return self._cut(source, sink)
                    left -= len(data)
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _length(self) -> int:
        """How many bytes still pass: from within the first header to most of a picture."""
        return int(10 ** self.chance.uniform(1.5, 5.3))

    @staticmethod
    def _cut(*ends: socket.socket) -> None:
        """Both ends learn of it as from a broken line, not as from a polite end."""
        for end in ends:
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                end.shutdown(socket.SHUT_RDWR)
                end.close()
