"""Which browser a request comes from: a cookie that scripts can't read, and the sessions that were opened with it."""

import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.types import Scope

COOKIE = "app_visitor"
_BYTES = 32
_LONGEST = 100
_YEAR = 365 * 24 * 60 * 60  # the tabs that a browser opens again at its start all send the one cookie


def read_visitor(scope: Scope) -> str:
    """The visitor that a request names; empty where it names none."""
    cookies = SimpleCookie()
    try:
        cookies.load(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return ""
    value = cookies[COOKIE].value if COOKIE in cookies else ""
    return value if len(value) <= _LONGEST else ""


def write_visitor(is_secure: bool) -> bytes:
    """A Set-Cookie header for a new visitor."""
    secure = "; Secure" if is_secure else ""
    value = secrets.token_urlsafe(_BYTES)
    return f"{COOKIE}={value}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax{secure}".encode()
