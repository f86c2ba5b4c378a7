"""Each way in which an installation fails has its cause named, in one sentence that says how to mend it.

The words of pip are those of pip 23.2 and 26.3, which Python 3.11 and 3.15 bring along, but for Windows's numbers.
"""

import errno
import platform
import struct
import sys
import sysconfig
from pathlib import Path

import pytest

from data.installation.causes import Attempt, InstallationError, explain, explained, this_machines_obstacle
from data.installation.targets import Target

HERE = Target((3, 12), "win_amd64")
RETRY = "WARNING: Retrying (Retry(total={}, connect=None, read=None)) after connection broken by '{}': /simple/xlrd/\n"
NOT_HAD = """ERROR: Could not find a version that satisfies the requirement pyproj==3.7.2 (from versions: {})
ERROR: No matching distribution found for pyproj==3.7.2
"""
OLD_UNRESOLVED = (
    "NewConnectionError(<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f56>: "
    "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution)"
)
NEW_UNRESOLVED = "NameResolutionError(\"Failed to resolve 'index' ([Errno 11001] getaddrinfo failed)\")"
CONFLICT = """ERROR: Cannot install numpy==2.4.6 because these package versions have conflicting dependencies.

The conflict is caused by:
    The user requested numpy==2.4.6
    The user requested (constraint) numpy{}

Additionally, some packages in these conflicts have no matching distributions available for your environment:
    numpy

ERROR: ResolutionImpossible: for help visit the documentation
"""
HASHES = """ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated
    xlrd==2.0.2 from http://127.0.0.1:8099/f/xlrd-2.0.2-py2.py3-none-any.whl#sha256=000:
        Expected sha256 000
             Got        fc3
"""
OS_ERROR = (
    "ERROR: Could not install packages due to an OSError: [{}] {}: 'C:\\\\tre em\\\\.venv'\nCheck the permissions.\n"
)
TRACEBACK = """ERROR: Exception:
Traceback (most recent call last):
  File "/tmp/pip/_internal/network/download.py", line 147, in __call__
OSError: [Errno 28] No space left on device
"""
CASES = {
    "no name, old pip": (RETRY.format(0, OLD_UNRESOLVED) + NOT_HAD.format("none"), "Máy không ra được mạng:"),
    "no name, new pip": (RETRY.format(0, NEW_UNRESOLVED) + NOT_HAD.format("none"), "Máy không ra được mạng:"),
    "slow": ("pip._vendor.urllib3.exceptions.ReadTimeoutError: Read timed out.", "Máy không ra được mạng:"),
    "cut off": ("WARNING: Connection interrupted while downloading.\nerror: incomplete-download\n", "ra được mạng"),
    "cut off by Windows": ("ConnectionResetError(10054, '…')", "Máy không ra được mạng:"),
    "disk full": (TRACEBACK, "Ổ đĩa chứa /phần mềm/.venv đã đầy"),
    "disk full, Windows in Vietnamese": (OS_ERROR.format("WinError 112", "Không đủ chỗ trên đĩa"), "đã đầy"),
    "quota": (OS_ERROR.format("Errno 122", "Disk quota exceeded"), "hạn mức đĩa"),
    "not permitted": (OS_ERROR.format("Errno 13", "Permission denied"), "Không được phép đọc hoặc ghi /phần mềm/.venv"),
    "not permitted, Windows": (OS_ERROR.format("WinError 5", "Truy cập bị từ chối"), "Không được phép đọc hoặc ghi"),
    "read only": (OS_ERROR.format("Errno 30", "Read-only file system"), "Không được phép đọc hoặc ghi"),
    "in use": (OS_ERROR.format("WinError 32", "Tệp đang được dùng"), "đang giữ tệp"),
    "long path": (
        OS_ERROR.format("Errno 2", "No such file")
        + "HINT: This error might have occurred since this system does not have Windows Long Path support enabled.",
        "quá dài với Windows",
    ),
    "no ensurepip": (
        "The virtual environment was not created successfully because ensurepip is not\navailable.",
        "sudo apt install python3-venv",
    ),
    "no pip": ("/phần mềm/.venv/bin/python: No module named pip", "thiếu phần tạo môi trường"),
    "password of the proxy": (
        RETRY.format(0, "OSError('Tunnel connection failed: 407 Proxy Authentication Required')"),
        "đòi đăng nhập: đặt biến HTTPS_PROXY",
    ),
    "proxy refuses": (RETRY.format(0, "OSError('Tunnel connection failed: 403 Forbidden')"), "Không qua được proxy"),
    "proxy of socks": ("ERROR: Could not install packages due to an OSError: Missing dependencies for SOCKS", "SOCKS"),
    "certificate": (
        RETRY.format(0, "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] self-signed'))"),
        "PIP_CERT",
    ),
    "hashes": (HASHES, "Gói xlrd==2.0.2 tải về không giống bản gốc"),
    "damaged wheel": (
        "ERROR: Wheel 'xlrd' located at /các gói/xlrd-2.0.2-py2.py3-none-any.whl is invalid.",
        "Tệp gói /các gói/xlrd-2.0.2-py2.py3-none-any.whl bị hỏng",
    ),
    "no memory": ("MemoryError", "hết bộ nhớ"),
    "constraint of the user": (CONFLICT.format("<2"), "Cấu hình pip của máy đòi numpy<2"),
    "no wheel, named as a conflict": (CONFLICT.format("==2.4.6"), "Nguồn gói không có gói numpy dựng sẵn"),
    "conflict": ("ERROR: Cannot install a and b\nERROR: ResolutionImpossible: for help", "trái nhau"),
    "no wheel": (
        NOT_HAD.format("3.8.0rc0, 3.8.0"),
        "không có gói pyproj==3.7.2 dựng sẵn cho Python 3.12 trên Windows 64",
    ),
    "index without it": (NOT_HAD.format("none"), "Nguồn gói không đưa ra gói pyproj==3.7.2"),
    "recovered, then no wheel": (
        RETRY.format(3, NEW_UNRESOLVED) + NOT_HAD.format("3.8.0"),
        "không có gói pyproj==3.7.2",
    ),
    "unheard of": ("WARNING: x\nERROR: Something new\n", "pip báo lỗi “Something new”"),
    "nothing said": ("", "pip báo lỗi “mã 1”"),
}


@pytest.mark.parametrize("name", CASES)
def test_cause_is_named(name):
    output, words = CASES[name]
    sentence = explain(output, Attempt(Path("/phần mềm/.venv"), HERE, proxies={}))
    assert words.replace("/phần mềm/.venv", str(Path("/phần mềm/.venv"))) in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert ":" in sentence, "what to do stands behind the cause"


def test_newest_python_that_works_is_named_to_a_newer_one():
    sentence = explain(NOT_HAD.format("none"), Attempt(Path(), Target((3, 16), "linux_x86_64"), proxies={}))
    assert "Python 3.16 mới quá" in sentence
    assert "pyproj==3.7.2" in sentence
    assert "cài Python 3.15" in sentence


def test_machine_without_wheels_is_named():
    attempt = Attempt(Path(), HERE, obstacle="Python đang dùng là bản 32 bit.", proxies={})
    assert explain(NOT_HAD.format("none"), attempt) == "Python đang dùng là bản 32 bit."


def test_folder_that_lacks_a_package_is_named():
    sentence = explain(NOT_HAD.format("none"), Attempt(Path(), HERE, wheels=Path("/các gói"), proxies={}))
    assert f"Thư mục {Path('/các gói')} thiếu gói pyproj==3.7.2" in sentence


def test_proxy_is_named_without_its_password():
    attempt = Attempt(Path(), HERE, proxies={"https": "http://an:bí-mật@10.0.0.1:3128"})
    refused = "NewConnectionError(\"HTTPSConnection(host='10.0.0.1', port=3128): [Errno 111] Connection refused\")"
    for output in (RETRY.format(0, refused), RETRY.format(0, "ProxyError('Cannot connect to proxy.')")):
        sentence = explain(output, attempt)
        assert "proxy http://10.0.0.1:3128" in sentence
        assert "bí-mật" not in sentence


@pytest.mark.parametrize("code", [-9, 137])
def test_ended_from_outside(code):
    assert "Hệ điều hành đã dừng" in explain("Collecting numpy\n", Attempt(Path(), HERE, proxies={}), code)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "đã đầy"), (errno.EACCES, "Không được phép đọc hoặc ghi"), (errno.EROFS, "Không được phép")],
)
def test_refusal_of_the_system_becomes_a_sentence(number, words):
    with pytest.raises(InstallationError, match=words), explained(Path("/x")):
        raise OSError(number, "…")


def machine(monkeypatch, system, name, libc=("glibc", "2.36"), mac="15.1", bits=64, python=(3, 12)):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "version_info", (*python, 0))
    monkeypatch.setattr(platform, "machine", lambda: name)
    monkeypatch.setattr(platform, "libc_ver", lambda: libc)
    monkeypatch.setattr(platform, "mac_ver", lambda: (mac, ("", "", ""), name))
    monkeypatch.setattr(struct, "calcsize", lambda _: bits // 8)
    monkeypatch.setattr(sysconfig, "get_config_var", lambda _: 0)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"system": "win32", "name": "AMD64"}, None),
        ({"system": "win32", "name": "x86", "bits": 32}, "32 bit"),
        ({"system": "win32", "name": "ARM64"}, "Windows ARM64"),
        ({"system": "linux", "name": "x86_64"}, None),
        ({"system": "linux", "name": "x86_64", "libc": ("", "")}, "thư viện C khác glibc"),
        ({"system": "linux", "name": "x86_64", "libc": ("glibc", "2.17")}, "glibc 2.17"),
        ({"system": "linux", "name": "x86_64", "libc": ("glibc", "2.28")}, None),
        ({"system": "darwin", "name": "arm64", "mac": "14.0"}, None),
        ({"system": "darwin", "name": "arm64", "mac": "13.6"}, "cần macOS 14"),
        ({"system": "darwin", "name": "x86_64", "mac": "13.6"}, None),
        ({"system": "darwin", "name": "x86_64", "mac": "13.6", "python": (3, 15)}, "cần macOS 15"),
    ],
)
def test_machines_that_have_no_wheels(monkeypatch, given, words):
    machine(monkeypatch, **given)
    sentence = this_machines_obstacle()
    assert (sentence is None) if words is None else words in sentence


def test_free_threaded_python_has_no_wheels(monkeypatch):
    machine(monkeypatch, "linux", "x86_64")
    monkeypatch.setattr(sysconfig, "get_config_var", lambda name: name == "Py_GIL_DISABLED")
    assert "free-threaded" in this_machines_obstacle()
