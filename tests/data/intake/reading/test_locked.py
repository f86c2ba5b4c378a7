"""A workbook that Excel opens without asking is read; one with a person's password is refused as such."""

import io

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from data.intake.reading.worker import answer
from data.processes.worker import RefusedError
from tests.workbooks.sheets import Sheet, to_xlsx

PLAIN = to_xlsx({"Số liệu": Sheet([["Mã đơn vị", "children"], ["05995", 700]])})


def lock(password: str) -> bytes:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(PLAIN)).encrypt(password, locked)
    return locked.getvalue()


def test_excels_own_password_is_tried():
    assert answer(lock("VelvetSweatshop")) == answer(PLAIN)


@pytest.mark.parametrize("damage", [False, True])
def test_other_password_or_a_damaged_lock_is_refused(damage):
    content = lock("VelvetSweatshop" if damage else "mật khẩu của tôi")
    if damage:
        content = content.replace(b"spinCount", b"spinCxunt").replace(b"encryptedKeyValue", b"encryptedKexValue")
    with pytest.raises(RefusedError) as refused:
        answer(content)
    assert refused.value.words["reason"] in ("tệp có mật khẩu", "tệp hỏng hoặc bị cắt ngang")
