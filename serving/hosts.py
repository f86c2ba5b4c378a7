"""Which names the server answers to: no web page may reach it under a name of its own (DNS rebinding)."""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from data.settings import configured_hosts

_LOOPBACK = ("localhost",)
_DEFAULT_PORTS = {80, 443}


def list_names() -> tuple[str, ...]:
    """The names of this machine, and those that `APP_HOSTS` allows (`*.tinh.gov.vn`: any name below)."""
    machine = socket.gethostname().lower()
    return (*_LOOPBACK, machine, f"{machine}.local", *configured_hosts())


def is_known(host: str | None, names: Iterable[str]) -> bool:
    """Whether a Host header names this server.

    An address is always its own: only a page that came from that address has it in its Host. A name can be made to
    point anywhere by whom it belongs to.
    """
    parts = _split(host)
    if parts is None or parts.hostname is None:
        return False
    name = parts.hostname.rstrip(".")
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return any(name.endswith(known[1:]) if known.startswith("*.") else name == known for known in names)
    return True


def is_same_origin(origin: str, host: str | None) -> bool:
    """Whether an Origin header is the server that a Host header names; the scheme is the proxy's affair."""
    at, of = _split(host), urlsplit(origin)
    if at is None or of.scheme not in ("http", "https"):
        return False
    try:
        return (of.hostname, _port(of)) == (at.hostname, _port(at)) and of.hostname is not None
    except ValueError:  # a port that is none
        return False


def _split(host: str | None) -> SplitResult | None:
    """A Host header in parts; None where it is more or less than a name and a port."""
    try:
        parts = urlsplit(f"//{host or ''}")
        _ = parts.port
    except ValueError:
        return None
    is_more = parts.username is not None or parts.path or parts.query or parts.fragment or parts.netloc != host
    return None if is_more or not parts.hostname else parts


def _port(parts: SplitResult) -> int | None:
    return None if parts.port in _DEFAULT_PORTS else parts.port
