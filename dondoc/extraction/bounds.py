"""What the child ties itself down with before it opens a file of strangers."""

import contextlib
import ctypes
import os
import resource
import signal

from dondoc.extraction import limits

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DIE_WITH_PARENT = 1


def tie() -> None:
    """Memory, time, size of files, no core, no network where the system lets a process give it up."""
    _lower(resource.RLIMIT_AS, limits.MEMORY, limits.OFFICE_MEMORY)
    _lower(resource.RLIMIT_CPU, limits.CPU_SECONDS, limits.CPU_SECONDS + 5)
    _lower(resource.RLIMIT_FSIZE, limits.WRITTEN, limits.WRITTEN)
    _lower(resource.RLIMIT_CORE, 0, 0)
    _lower(resource.RLIMIT_NOFILE, 256, 256)
    signal.alarm(int(limits.TOTAL_SECONDS) + 60)
    with contextlib.suppress(OSError, AttributeError):
        system = ctypes.CDLL(None)
        system.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        _leave_the_network(system)


def forbid_children() -> None:
    """For files that are read by this process alone. Says nothing to root, who is bound by no number."""
    _lower(resource.RLIMIT_NPROC, 0, 0)


def _lower(what: int, soft: int, hard: int) -> None:
    """Never above what was inherited."""
    _, most = resource.getrlimit(what)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (soft, hard))


def _leave_the_network(system: ctypes.CDLL) -> None:
    """A network of its own, without any device. Containers may forbid it; then the rest still holds."""
    person, group = os.getuid(), os.getgid()
    if system.unshare(_NEW_NETWORK) == 0:
        return
    if system.unshare(_NEW_USER | _NEW_NETWORK) == 0:
        for name, line in (("setgroups", "deny"), ("uid_map", f"{person} {person} 1"),
                           ("gid_map", f"{group} {group} 1")):  # fmt: skip
            with open(f"/proc/self/{name}", "w", encoding="ascii") as target:
                target.write(line)
