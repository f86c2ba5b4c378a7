"""The command that opens the app."""

import argparse

from cli.options import Commands, add_command


def add_start_command(commands: Commands) -> None:
    """Add `start` to the commands."""
    command = add_command(commands, "start", start, "mở ứng dụng")
    command.add_argument("--port", type=int, default=8501, help="cổng, mặc định 8501")
    command.add_argument("--address", default="localhost", help="địa chỉ nghe, mặc định chỉ máy này")
    command.add_argument("--headless", action="store_true", help="không tự mở trình duyệt")


def start(options: argparse.Namespace) -> int:
    """Open the app; an empty database gets the demo province first."""
    from data.demo.province import load_demo
    from data.store import open_store
    from reports.exports.excel.collection import build_collection
    from server import serve

    store = open_store()
    if not store.rounds.list():
        print("Nạp số liệu minh họa tỉnh Lạng Sơn 2020–2022 …", flush=True)
        load_demo(store, build_collection)
    store.close()
    print(f"Mở http://localhost:{options.port} — bấm Ctrl+C để dừng.", flush=True)
    serve(options.port, options.address, options.headless)
    return 0
