"""Under https the house is shut as tightly as Django can ask, and every answer carries its headers."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tools.parts import ROOT, clean_environment

HTTPS = {"PUBLIC_URL": "https://dondoc.example.vn", "SAMPLE": "0", "TRUSTED_PROXY": "1"}
_TELL = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dondoc.config.settings"
import django; django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.middleware.csrf import CsrfViewMiddleware

def page(request):
    get_token(request)
    return HttpResponse()

cookie = CsrfViewMiddleware(page)(RequestFactory().get("/", secure=True)).cookies
names = [n for n in dir(settings) if n.startswith(("SESSION_COOKIE", "CSRF_COOKIE", "SECURE_"))]
print(json.dumps({
    "settings": {n: getattr(settings, n) for n in [*names, "ALLOWED_HOSTS", "DEBUG", "GALLERY"]},
    "csrf": {name: dict(morsel) for name, morsel in cookie.items()},
}))
"""


def in_https(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=clean_environment(home, **HTTPS),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    done = in_https(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_cookies_and_transport_are_strict_under_https(tmp_path: Path) -> None:
    done = in_https(tmp_path, "-c", _TELL)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    held: dict[str, Any] = told["settings"]

    assert held["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert (held["SESSION_COOKIE_HTTPONLY"], held["SESSION_COOKIE_SECURE"]) == (True, True)
    assert held["SESSION_COOKIE_SAMESITE"] in {"Lax", "Strict"}
    # __Host- binds only without a domain and for the whole site.
    assert (held["SESSION_COOKIE_DOMAIN"], held["SESSION_COOKIE_PATH"]) == (None, "/")
    assert (held["SECURE_SSL_REDIRECT"], held["SECURE_HSTS_INCLUDE_SUBDOMAINS"]) == (True, True)
    assert held["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert held["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert held["ALLOWED_HOSTS"] == ["dondoc.example.vn"]
    assert (held["DEBUG"], held["GALLERY"]) == (False, False)

    ((name, csrf),) = told["csrf"].items()
    assert name.startswith("__Host-")
    assert csrf["secure"] is True
    assert csrf["samesite"] == "Lax"
    assert (csrf["domain"], csrf["path"]) == ("", "/")
    assert csrf["httponly"] is True


def test_without_a_trusted_proxy_its_header_is_not_believed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TELL],
        cwd=ROOT,
        env=clean_environment(tmp_path, PUBLIC_URL="https://dondoc.example.vn"),
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout)["settings"]["SECURE_PROXY_SSL_HEADER"] is None


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/dang-nhap/", "/suc-khoe/", "/khong-co-trang-nay/"])
def test_every_answer_carries_its_headers(client: Client, address: str) -> None:
    response = client.get(address)

    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert "unsafe" not in response["Content-Security-Policy"]
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "<style" not in response.content.decode()
    assert " style=" not in response.content.decode()
