"""Where the product keeps its state."""

import os
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent


def app_home() -> Path:
    """Folder of all state: `APP_HOME` if it is set, else `var/` in the project. Created when absent."""
    home = Path(os.environ.get("APP_HOME") or PROJECT_ROOT / "var")
    home.mkdir(parents=True, exist_ok=True)
    return home


def database_url() -> str:
    """SQLAlchemy URL of the database: `DATABASE_URL` if it is set, else SQLite under `app_home()`."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{(app_home() / 'app.sqlite').as_posix()}"
