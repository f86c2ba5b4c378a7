"""A tab without a browser, against a server of its own: what it sees of a page, what it counts as a fault."""

import asyncio

import pytest

from bench.servers import start_script
from bench.tab import Tab

SCRIPT = """
import streamlit as st

def first():
    st.selectbox("Unit", ["a", "b"], key="unit", bind="query-params")
    files = st.file_uploader("File", accept_multiple_files=True)
    if st.button("Again"):
        st.rerun()
    st.button(f"{len(files)} files, {sum(file.size for file in files)} bytes, unit {st.session_state['unit']}")

def second():
    raise KeyError("lost")

st.navigation([st.Page(first, default=True), st.Page(second, url_path="second")]).run()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    script = tmp_path_factory.mktemp("tab") / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with start_script(script) as started:
        yield started


def test_tab_walks_presses_and_uploads(server):
    async def use() -> None:
        tab = await Tab.open(server.url)
        first = await tab.visit("", {"unit": "b"})
        assert first.faults == []
        assert first.size > 0
        assert set(tab.pages) == {"", "second"}
        assert tab.options == {"unit": ["a", "b"]}
        assert "0 files, 0 bytes, unit b" in tab.buttons
        assert (await tab.press("", "Again")).faults == []
        assert (await tab.upload("", "số.csv", b"12345")).faults == []
        assert "1 files, 5 bytes, unit b" in tab.buttons
        await tab.close()

    asyncio.run(use())


def test_exception_unknown_page_and_lost_server_are_faults(server):
    async def use() -> None:
        tab = await Tab.open(server.url)
        await tab.visit("")
        assert any("lost" in fault for fault in (await tab.visit("second")).faults)
        assert (await tab.visit("nowhere")).faults == ["page not found"]
        await tab.close()
        assert [fault.split(":")[0] for fault in (await tab.visit("")).faults] == ["connection lost"]

    asyncio.run(use())
