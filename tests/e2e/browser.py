"""Steps that the browser tests share."""

from pathlib import Path

from playwright.sync_api import Page, expect

SECONDS = 1000


def settle(page: Page) -> None:
    """Wait until the script of the page has run."""
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    page.wait_for_timeout(300)


def upload(page: Page, folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.write_bytes(content)
    page.locator("input[type=file]").set_input_files(path)
