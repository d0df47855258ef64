"""A PostgreSQL of our own for the length of a test run: a temporary folder, a port, a password.

Nothing of an installed cluster is touched. PostgreSQL refuses to run as root, so root hands it to the
user ``postgres``.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

OWNER = "dondoc"
QUICK = {  # a test database that a power cut may take
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
}


class NoPostgres(Exception):
    """The server's programs are not on this machine, or would not start."""


def programs() -> Path:
    """The folder of ``initdb`` and ``postgres``, which Debian keeps off the path; the newest first."""
    folders = [Path(entry) for entry in os.environ.get("PATH", "").split(os.pathsep) if entry]
    if config := shutil.which("pg_config"):
        asked = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(asked.stdout.strip()))
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(versions, key=lambda folder: float(folder.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgres("PostgreSQL is not installed: initdb was not found (Debian: apt-get install postgresql)")


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server, give its address, stop it and sweep up whatever happens."""
    bin_folder = programs()
    who = server_user()
    folder = Path(tempfile.mkdtemp(prefix="dondoc-pg-", dir=reachable_by(who)))
    try:
        password = secrets.token_urlsafe(24)
        data = initialise(bin_folder, folder, who, password)
        port = free_port()
        server = serve(bin_folder, data, who, port)
        try:
            address = f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/dondoc"
            open_database(server, address, folder / "log")
            yield address
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def server_user() -> dict[str, Any]:
    """Arguments of ``subprocess`` that leave root behind; none when we are not root."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        account = pwd.getpwnam("nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def reachable_by(who: dict[str, Any]) -> str:
    """A temporary folder the server's user may enter: TMPDIR is sometimes root's alone."""
    for folder in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
        if subprocess.run(["test", "-x", folder], cwd="/", **who).returncode == 0:
            return folder
    raise NoPostgres("no temporary folder is open to the PostgreSQL server's user")


def initialise(bin_folder: Path, folder: Path, who: dict[str, Any], password: str) -> Path:
    secret, data = folder / "password", folder / "data"
    secret.write_text(password)
    if who:
        for path in (folder, secret):
            os.chown(path, who["user"], who["group"])
    command = [
        str(bin_folder / "initdb"), "--pgdata", str(data), "--username", OWNER, "--pwfile", str(secret),
        "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
    ]  # fmt: skip
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, **who)
    if made.returncode:
        raise NoPostgres(f"initdb failed: {made.stderr.strip()}")
    secret.unlink()
    return data


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(bin_folder: Path, data: Path, who: dict[str, Any], port: int) -> subprocess.Popen[bytes]:
    options = [
        part for name, value in {**QUICK, "port": str(port)}.items() for part in ("-c", f"{name}={value}")
    ]
    with (data.parent / "log").open("wb") as log:
        return subprocess.Popen(
            [str(bin_folder / "postgres"), "-D", str(data), *options],
            cwd=data.parent,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is ours to pass on, once
            **who,
        )


def open_database(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Wait until the server answers, then make the database the address names."""
    until = time.monotonic() + 60
    while True:
        try:
            with psycopg.connect(
                address, dbname="postgres", autocommit=True, connect_timeout=5
            ) as connection:
                connection.execute("CREATE DATABASE dondoc")
                return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > until:
                raise NoPostgres(f"the server did not start: {error}\n{log.read_text()[-2000:]}") from error
            time.sleep(0.1)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: sessions are dropped, the server ends by itself."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
