"""How the page tests open a page and read what it says."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
APP = str(ROOT / "app.py")


def open_page(page: str) -> AppTest:
    """The page as the menu opens it."""
    app = AppTest.from_file(APP, default_timeout=60).run()
    [path] = (ROOT / "pages").rglob(f"{page}.py")
    app.switch_page(path.relative_to(ROOT).as_posix()).run()
    assert not app.exception
    return app


def words_of(app: AppTest) -> str:
    """Everything that the page says outside its widgets and tables."""
    parts = [
        *app.title,
        *app.header,
        *app.subheader,
        *app.markdown,
        *app.caption,
        *app.warning,
        *app.info,
        *app.success,
    ]
    return " ".join(str(part.value) for part in parts).replace("\\", "")  # texts of users are escaped
