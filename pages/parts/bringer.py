"""Who brings a file, until there are accounts: the browser, by the token that the server gives it once."""

from hashlib import sha256

import streamlit as st
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

_COOKIE = "_streamlit_xsrf"  # the same in all tabs of a browser and after a refresh; each answer masks it anew


def get_bringer() -> str:
    """An id of the browser that says nothing of the token; empty where it keeps no cookies."""
    token, _ = decode_xsrf_token_string(st.context.cookies.get(_COOKIE, ""))
    return sha256(b"bringer:" + token).hexdigest()[:32] if token else ""
