"""What every answer says to the browser: what the page may load, that nobody frames it, where it leads is not told."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def list_headers() -> list[tuple[bytes, bytes]]:
    """The headers of every answer, as ASGI writes them."""
    headers = {
        "Content-Security-Policy": write_policy(),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def write_policy() -> str:
    """The content security policy: everything from this server, nothing from elsewhere.

    Where the policy forbids it to make functions of texts, Streamlit lets Vega interpret a chart's expressions; its
    components write styles of their own.
    """
    hashes = " ".join(f"'sha256-{digest}'" for digest in _hash_inline_scripts())
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _hash_inline_scripts() -> list[str]:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    return [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE_SCRIPT.findall(page)]
