"""Workbooks that Excel locks with a password of its own and opens without asking."""

import io

from data.processes.worker import RefusedError

_ASKED_BY_NOBODY = "VelvetSweatshop"  # with which Excel saves a workbook whose structure is protected
_LOCKED = "tệp có mật khẩu"


def unlock(content: bytes) -> bytes:
    """The workbook without its lock; one that has a password of a person's is refused."""
    import msoffcrypto  # costs a tenth of the start of a reader, and hardly any file needs it

    unlocked = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(content))
        locked.load_key(password=_ASKED_BY_NOBODY)
        locked.decrypt(unlocked)
    except Exception as error:  # a wrong password has an exception of its own, a damaged lock raises anything
        raise RefusedError("not_a_workbook", reason=_LOCKED) from error
    return unlocked.getvalue()
