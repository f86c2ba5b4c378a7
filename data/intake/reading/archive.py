"""The spreadsheets of an upload: a file by itself, or those of a zip."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from data.intake.findings.finding import Finding, make_finding
from data.intake.reading.limits import LARGEST_FILE, LARGEST_UNPACKED
from data.zips import ZIP_FAULTS

MOST_FILES = 200
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_LARGEST_LIST = 2**20  # bytes that the list of a zip's entries takes: some 10,000, which a second goes by over
_INSIDE_WORKBOOKS = ("xl/", "word/", "ppt/", "content.xml", "mimetype", "[Content_Types].xml")


def list_files(file_name: str, content: bytes) -> tuple[list[tuple[str, bytes]], list[Finding]]:
    """Name and content of each spreadsheet of an upload.

    A zip of spreadsheets is unpacked, without its folders; anything else is one file. Findings say why a zip, or a file
    in it, can't be read.
    """
    entries = _count_when_too_many(content)
    if entries:
        return [], [make_finding("file_too_many", file=file_name, count=entries, most=MOST_FILES)]
    if not _is_archive(content):
        return [(file_name, content)], []
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _read_archive(file_name, archive)
    except (*ZIP_FAULTS, ValueError):
        return [], [make_finding("not_a_workbook", file=file_name, reason="gói nén hỏng hoặc có mật khẩu")]


def _count_when_too_many(content: bytes) -> int:
    """How many entries a zip says that it has, where even listing them would take long; else 0.

    By what stands at its end, as `zipfile` reads it before it makes an object of each entry: of 200,000 in 15 s.
    """
    if not content.startswith(b"PK"):
        return 0
    try:
        end = zipfile._EndRecData(BytesIO(content))  # type: ignore[attr-defined]
    except (zipfile.BadZipFile, OSError):
        return 0
    if not end or end[zipfile._ECD_SIZE] <= _LARGEST_LIST:  # type: ignore[attr-defined]
        return 0
    return max(int(end[zipfile._ECD_ENTRIES_TOTAL]), MOST_FILES + 1)  # type: ignore[attr-defined]


def _is_archive(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    workbook = any(name.startswith(_INSIDE_WORKBOOKS) for name in names)
    return not workbook and bool(names)


def _read_archive(file_name: str, archive: zipfile.ZipFile) -> tuple[list[tuple[str, bytes]], list[Finding]]:
    entries = [one for one in archive.infolist() if _is_spreadsheet(one)]
    if not entries:
        return [], [make_finding("file_empty_archive", file=file_name)]
    if len(entries) > MOST_FILES:
        return [], [make_finding("file_too_many", file=file_name, count=len(entries), most=MOST_FILES)]
    if sum(one.file_size for one in entries) > LARGEST_UNPACKED:
        limit = f"{LARGEST_UNPACKED // 2**20} MB sau khi giải nén"
        return [], [make_finding("too_large", file=file_name, limit=limit)]
    files: list[tuple[str, bytes]] = []
    findings: list[Finding] = []
    for one in entries:
        name = _entry_name(one)
        with archive.open(one) as packed:
            content = packed.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            findings.append(make_finding("too_large", file=name, limit=f"{LARGEST_FILE // 2**20} MB"))
        else:
            files.append((name, content))
    return files, findings


def _is_spreadsheet(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    hidden = path.name.startswith(("~$", ".")) or "__MACOSX" in path.parts
    return not entry.is_dir() and not hidden and path.suffix.lower() in SPREADSHEETS


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """The file's name; zips of Windows often write UTF-8 without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    return PurePosixPath(name.replace("\\", "/")).name[:255]
