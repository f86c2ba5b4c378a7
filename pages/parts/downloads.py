"""Files to take away from a page: one button for every kind of export."""

from collections.abc import Callable

import streamlit as st

from pages.parts.refusals import saying_refusals
from reports.exports.export import Offer

_ICONS = {"docx": "draft", "pptx": "slideshow", "xlsx": "table", "png": "image", "svg": "image", "zip": "folder_zip"}


def offer_download(label: str, offered: Offer, key: str | None = None) -> None:
    """A button that builds a file when it is pressed and hands it to the browser."""
    st.download_button(
        label,
        offered.build,
        file_name=offered.file_name,
        mime=offered.mime,
        icon=f":material/{_ICONS[offered.export.format.suffix]}:",
        on_click="ignore",
        key=key,
    )


def offer_after_build(
    label: str, offered: Callable[[], Offer], ready_label: str, icon: str = ":material/slideshow:"
) -> None:
    """A button that builds a file that can be refused, such as one from a template of the office's own; then its
    download.
    """
    if st.button(label, icon=icon):
        with saying_refusals():
            file = offered()
            content = file.build()
            st.download_button(
                ready_label, content, file.file_name, file.mime, icon=":material/download:", on_click="ignore"
            )
