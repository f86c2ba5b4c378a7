"""How the page tests open a page and read what it says."""

from functools import cache
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
APP = str(ROOT / "app.py")


@cache
def _list_pages() -> dict[str, Any]:
    """The pages as the app registers them: AppTest learns them from a run, once for all."""
    return dict(AppTest.from_file(APP, default_timeout=60).run()._registered_pages)


def open_page(page: str, **parameters: str) -> AppTest:
    """The page as a link opens it, by the name of its file: one run."""
    app = AppTest.from_file(APP, default_timeout=60)
    app._registered_pages = _list_pages()
    (path,) = (ROOT / "pages").rglob(f"{page}.py")
    app.switch_page(path.relative_to(ROOT).as_posix())
    app.query_params.update(parameters)
    app.run()
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
