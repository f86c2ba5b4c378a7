"""What an installation is set to by its environment."""

import os

NATION = "VN"  # the area of a round of the whole nation; a province's area is its code
_LANG_SON = "20"


def configured_area() -> str | None:
    """The area that `APP_PROVINCE` names: a province code, or “VN” for the nation; None where it is not set."""
    return os.environ.get("APP_PROVINCE", "").strip() or None


def fallback_area() -> str:
    """The area of a round that nothing else tells: as configured, else the demo province."""
    return configured_area() or _LANG_SON


def configured_hosts() -> tuple[str, ...]:
    """Names that `APP_HOSTS` lets the server answer to, besides those of its machine; `*.a.vn` is any name below."""
    names = os.environ.get("APP_HOSTS", "").lower().split(",")
    return tuple(name.strip().rstrip(".") for name in names if name.strip())
