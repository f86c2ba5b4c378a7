"""Why an installation failed, read from the words of pip and of the system, as one sentence that says how to mend it.

Numbers of errors and pip's English are matched, never a system's texts: Windows words them in its user's language.
"""

import platform
import re
import struct
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import getproxies

from data.installation.targets import NEWEST, PYTHONS, Target, numbers_of, this_target
from scoring.refusal import Refusal


class InstallationError(Refusal):
    """Packages could not be collected or installed."""


@dataclass(frozen=True)
class Attempt:
    """What was tried: `folder` is written to, for a machine, from the folder `wheels` or else from the internet."""

    folder: Path
    target: Target
    wheels: Path | None = None
    obstacle: str | None = None
    proxies: dict[str, str] = field(default_factory=getproxies)


# The first whose pattern is there is the cause, so what explains more stands first.
_CAUSES = (
    (
        r"\[Errno 28\]|\[WinError 112\]|\[WinError 39\]",
        "Ổ đĩa chứa {folder} đã đầy: giải phóng ít nhất 2 GB rồi chạy lại lệnh này.",
    ),
    (
        r"\[Errno 122\]",
        "Đã hết hạn mức đĩa của tài khoản này cho {folder}: xóa bớt tệp hoặc xin thêm hạn mức rồi chạy lại lệnh này.",
    ),
    (
        r"\[WinError 32\]",
        "Có chương trình đang giữ tệp trong {folder}: đóng phần mềm đang mở, chờ trình quét vi-rút xong rồi chạy lại.",
    ),
    (
        r"Windows Long Path|\[WinError 206\]",
        "Đường dẫn {folder} quá dài với Windows: chuyển thư mục phần mềm tới chỗ ngắn như C:\\tre-em rồi chạy lại.",
    ),
    (
        r"\[Errno (?:13|1|30)\]|\[WinError (?:5|19)\]",
        "Không được phép đọc hoặc ghi {folder}: dùng thư mục mà tài khoản này đọc và ghi được rồi chạy lại lệnh này.",
    ),
    (
        r"ensurepip|No module named '?(?:venv|pip)\b",
        "Python này thiếu phần tạo môi trường: trên Debian, Ubuntu chạy “sudo apt install python3-venv”, trên máy khác "
        "cài lại Python từ python.org, rồi chạy lại lệnh này.",
    ),
    (
        r"407 Proxy Authentication",
        "Proxy {proxy} đòi đăng nhập: đặt biến HTTPS_PROXY=http://TEN:MAT_KHAU@MAY:CONG rồi chạy lại lệnh này.",
    ),
    (
        r"Missing dependencies for SOCKS",
        "Proxy {proxy} là loại SOCKS, pip chưa dùng được: đặt biến HTTPS_PROXY tới một proxy HTTP rồi chạy lại.",
    ),
    (
        r"Tunnel connection failed|Cannot connect to proxy|ProxyError",
        "Không qua được proxy {proxy}: sửa hoặc bỏ biến HTTPS_PROXY, hay xin mở đường tới nguồn gói, rồi chạy lại.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|\[SSL: ",
        "Mạng này thay chứng chỉ bảo mật, hoặc máy sai ngày giờ: chỉnh ngày giờ, đặt biến PIP_CERT tới tệp chứng chỉ "
        "của cơ quan, rồi chạy lại lệnh này.",
    ),
    (
        r"ConnectionError|Connect(?:ion)?Timeout|ConnectionReset|Failed to resolve|name resolution|getaddrinfo|"
        r"Network is unreachable|[Tt]imed out|RemoteDisconnected|incomplete-download|IncompleteRead|"
        r"Connection interrupted|\[WinError 100\d\d\]",
        "Máy không ra được mạng{through}: kiểm tra mạng{mend} rồi chạy lại lệnh này; máy không có mạng thì xem mục "
        "“Máy không có mạng” trong README.md.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "Gói {package} tải về không giống bản gốc, vì mạng làm hỏng hoặc thay tệp: chạy lại lệnh này, vẫn thế thì dùng "
        "mạng khác.",
    ),
    (
        r"Wheel '[^']*' located at .+ is invalid|BadZipFile|invalid wheel",
        "Tệp gói {wheel} bị hỏng: xóa tệp ấy, chép hoặc gom lại, rồi chạy lại lệnh này.",
    ),
    (
        r"MemoryError|\[Errno 12\]|\[WinError (?:8|1455)\]",
        "Máy hết bộ nhớ: đóng bớt chương trình rồi chạy lại lệnh này.",
    ),
    (
        r"requested \(constraint\) [\w.-]+(?!==)[<>!~]",
        "Cấu hình pip của máy đòi {constraint}, trái với phần mềm: bỏ biến PIP_CONSTRAINT hoặc dòng “constraint” trong "
        "cấu hình ấy rồi chạy lại lệnh này.",
    ),
)
_WITHOUT_WHEEL = r"No matching distribution found|no matching distributions available"
_CONFLICT = "Các phiên bản ghim trong constraints.txt trái nhau: gửi câu này cho người phụ trách phần mềm."
_KILLED = "Hệ điều hành đã dừng việc cài, thường vì hết bộ nhớ: đóng bớt chương trình rồi chạy lại lệnh này."


def explain(output: str, attempt: Attempt, code: int = 1) -> str:
    """One sentence on what made pip, or the making of the environment, fail with such words and exit code."""
    # A try that was repeated says nothing, unless it was the last.
    lines = [line for line in output.splitlines() if "Retrying (Retry(" not in line or "Retry(total=0" in line]
    words = "\n".join(lines)
    for pattern, sentence in _CAUSES:
        if re.search(pattern, words):
            return sentence.format(**_facts(words, attempt))
    if code < 0 or code == 137:  # ended from outside: on Linux by the kernel when memory runs out
        return _KILLED
    if re.search(_WITHOUT_WHEEL, words):
        return _without_wheel(words, attempt)
    if "ResolutionImpossible" in words:
        return _CONFLICT
    errors = [line.partition(": ")[2] for line in lines if line.lower().startswith("error: ")]
    said = (errors or lines or [f"mã {code}"])[-1].strip()
    return f"pip báo lỗi “{said}”: gửi câu này cho người phụ trách phần mềm."


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the system refuses while `folder` is written to into one sentence on why.

    Raises
    ------
    InstallationError
        When the block raises OSError.
    """
    try:
        yield
    except OSError as error:
        number = getattr(error, "winerror", None)
        name = f"[WinError {number}]" if number else f"[Errno {error.errno}]"
        raise InstallationError(explain(f"ERROR: {name} {error}", Attempt(folder, this_target()))) from error


def this_machines_obstacle() -> str | None:
    """One sentence on why there can't be ready-made packages for this kind of machine; None when there can."""
    if struct.calcsize("P") < 8:
        return f"Python đang dùng là bản 32 bit: cài Python {NEWEST} bản 64 bit từ python.org rồi chạy lại bằng bản ấy."
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "Python đang dùng là bản free-threaded: cài bản thường từ python.org rồi chạy lại bằng bản ấy."
    machine = platform.machine().lower()
    if sys.platform == "win32" and machine == "arm64":
        return (
            "Python đang dùng là bản Windows ARM64, chưa đủ gói: cài bản “Windows installer (64-bit)” từ python.org, "
            "chạy được cả trên máy này, rồi chạy lại bằng bản ấy."
        )
    if sys.platform == "linux":
        library, version = platform.libc_ver()
        if library != "glibc" or numbers_of(version) < (2, 28):
            named = f"{library} {version}" if library else "thư viện C khác glibc"
            return f"Linux này dùng {named}: cần glibc 2.28 trở lên, như Debian 10, Ubuntu 20.04, RHEL 8 hay mới hơn."
    if sys.platform == "darwin":
        least = 14 if machine == "arm64" else 15 if sys.version_info >= (3, 15) else 13
        if numbers_of(platform.mac_ver()[0]) < (least,):
            return f"macOS {platform.mac_ver()[0]} quá cũ cho Python này: cần macOS {least} trở lên."
    return None


def _without_wheel(words: str, attempt: Attempt) -> str:
    package, target = _package(words), attempt.target
    if attempt.wheels:
        return (
            f"Thư mục {attempt.wheels} thiếu gói {package} hợp với máy này ({target.title}): gom lại trên máy có mạng "
            "bằng “python run.py wheels” rồi chép sang."
        )
    if target.python > PYTHONS[-1]:
        return (
            f"Python {target.version} mới quá, chưa có gói {package} dựng sẵn: cài Python {NEWEST} từ python.org rồi "
            "chạy lại bằng bản ấy."
        )
    if attempt.obstacle:
        return attempt.obstacle
    if "(from versions: none)" in words:
        return (
            f"Nguồn gói không đưa ra gói {package}, vì mạng đòi đăng nhập hoặc nguồn gói riêng thiếu gói ấy: mở trình "
            "duyệt để đăng nhập mạng, kiểm tra biến PIP_INDEX_URL, rồi chạy lại lệnh này."
        )
    return (
        f"Nguồn gói không có gói {package} dựng sẵn cho {target.title}: kiểm tra biến PIP_INDEX_URL, hoặc dùng Python "
        f"{NEWEST}, rồi chạy lại lệnh này."
    )


def _facts(words: str, attempt: Attempt) -> dict[str, object]:
    proxy = _proxy(attempt)
    wheel = re.search(r"located at (.+\.whl)", words) or re.search(r"([^\s'\"]+\.whl)", words)
    constraint = re.search(r"requested \(constraint\) (\S+)", words)
    return {
        "folder": attempt.folder,
        "proxy": proxy,
        "through": f" qua proxy {proxy}" if proxy else "",
        "mend": ", sửa hoặc bỏ biến HTTPS_PROXY" if proxy else "",
        "package": _package(words),
        "wheel": wheel[1] if wheel else "",
        "constraint": constraint[1] if constraint else "",
    }


def _package(words: str) -> str:
    patterns = (
        r"No matching distribution found for ([\w.-]+==[^\s(]+)",
        r"available for your environment:\s+([\w.-]+)",
        r"^\s+([\w.-]+(?:==\S+)?) from \S+#",
    )
    matches = (re.search(pattern, words, re.MULTILINE) for pattern in patterns)
    return next((match[1] for match in matches if match), "của Python")


def _proxy(attempt: Attempt) -> str:
    """Address of the proxy, without a password; empty when there is none."""
    address = attempt.proxies.get("https") or attempt.proxies.get("all") or ""
    return re.sub(r"//[^/@]+@", "//", address)
