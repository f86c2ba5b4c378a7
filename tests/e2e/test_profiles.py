"""A profile's buttons lead on with its year, district and unit: callbacks that navigate, which AppTest can't follow."""

from playwright.sync_api import expect

from tests.e2e.browser import press, settle

PROFILE = "ho-so?nam=2021&don_vi=Xã Mai Pha – Thành phố Lạng Sơn (05992)"


def test_profile_leads_up_with_its_year_district_and_unit(open_tab):
    page = open_tab(PROFILE, height=900)
    profile = page.url
    for button, title in (
        ("Hồ sơ Thành phố Lạng Sơn", "Hồ sơ huyện năm 2021"),
        ("Xem trên bản đồ", "Bản đồ năm 2021"),
        ("Cần làm gì để đạt", "Còn thiếu gì để được công nhận, năm 2021"),
    ):
        page.goto(profile)
        expect(page.get_by_role("heading", level=2)).to_have_text("Xã Mai Pha")
        press(page, button)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        settle(page)
        expect(page.get_by_role("heading", name="Xã Mai Pha").first).to_be_visible()
        assert "huyen=Th%C3%A0nh" in page.url
        assert "don_vi=X%C3%A3" in page.url
