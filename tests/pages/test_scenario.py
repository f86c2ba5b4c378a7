"""“Thử phương án”: the counts are what the engine says; the law comes back; scenarios are saved and opened."""

from fractions import Fraction

from streamlit.testing.v1 import AppTest

from data.store import open_store
from reports.facts.assessment import load_assessment
from reports.facts.what_if import assess_scenario, compare_with_law, count_scenario
from scoring.scenario_model import LAW, BandChange, Scenario, as_json, as_link, from_link
from scoring.words import SCENARIO_LABEL
from tests.pages.opening import open_page, words_of


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def open_scenario(link: str = "") -> AppTest:
    return open_page("scenario", **({"phuong_an": link} if link else {}))


def choose(app: AppTest, group: str) -> AppTest:
    app.button_group(key="nhom").set_value(group)
    return run(app)


def input_of(app: AppTest, key_end: str):
    return next(one for one in app.number_input if one.key.endswith(key_end))


def shown(app: AppTest) -> list[int]:
    """Met by law, met by the scenario, gained, lost: the metrics."""
    return [int(one.value) for one in app.metric[:4]]


def expected(scenario: Scenario) -> list[int]:
    store = open_store()
    assessment = load_assessment(store, store.rounds.choose(2022))
    store.close()
    counts = count_scenario(compare_with_law(assessment, assess_scenario(assessment, scenario)))
    return [counts.met_by_law, counts.met, counts.gained, counts.lost]


def link_of(app: AppTest) -> str:
    value = app.query_params["phuong_an"]
    return value if isinstance(value, str) else value[0]


def press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click()
    return run(app)


def labels_of(app: AppTest) -> str:
    return " ".join(str(one.value) for one in app.markdown)


def test_page_starts_at_the_law(demo):
    app = open_scenario()
    assert shown(app) == expected(LAW)
    assert "Chưa đổi gì: đang theo đúng luật" in words_of(app)
    assert SCENARIO_LABEL not in labels_of(app)
    assert "phuong_an" not in app.query_params


def test_moved_thresholds_change_the_counts_to_what_the_engine_says(demo):
    app = open_scenario()
    app.selectbox(key="chi_tieu").select("5")
    run(app)
    input_of(app, "_5_1_threshold").set_value(55.5)
    run(app)
    scenario = LAW.with_band("5", 1, BandChange(threshold=Fraction("55.5")))
    assert shown(app) == expected(scenario)
    assert shown(app)[3] > 0
    text = words_of(app)
    assert "mức 2: từ 60 thành 55,5 trên 10.000 trẻ" in text
    assert SCENARIO_LABEL in labels_of(app)
    assert from_link(link_of(app)) == scenario
    table = next(one.value for one in app.dataframe if "Phương án" in one.value)
    assert len(table) == sum(shown(app)[2:])
    assert set(table["Phương án"]) == {"Không đạt"}
    press(app, "Về đúng luật")
    assert shown(app) == expected(LAW)
    assert input_of(app, "_5_1_threshold").value == 60
    assert "phuong_an" not in app.query_params


def test_threshold_out_of_order_is_told_and_mended_by_the_next_one(demo):
    app = open_scenario()
    app.selectbox(key="chi_tieu").select("5")
    run(app)
    input_of(app, "_5_0_threshold").set_value(65.0)
    run(app)
    assert "ngưỡng mức 2 (60) phải cao hơn ngưỡng mức 1 (65)" in app.error[0].value
    assert not app.metric
    input_of(app, "_5_1_threshold").set_value(70.0)
    run(app)
    assert not app.error
    both = LAW.with_band("5", 0, BandChange(threshold=65)).with_band("5", 1, BandChange(threshold=70))
    assert shown(app) == expected(both)


def test_mountainous_threshold_of_its_own_comes_and_goes(demo):
    app = open_scenario()
    app.selectbox(key="chi_tieu").select("5")
    run(app)
    app.toggle[0].set_value(True)
    run(app)
    input_of(app, "_5_1_mountainous").set_value(80.0)
    run(app)
    assert shown(app) == expected(LAW.with_band("5", 1, BandChange(mountainous=80)))
    assert "mức 2, miền núi: từ 60 thành 80" in words_of(app)
    app.toggle[0].set_value(False)
    run(app)
    assert shown(app) == expected(LAW)


def test_points_of_a_band(demo):
    app = open_scenario()
    app.selectbox(key="chi_tieu").select("5")
    run(app)
    input_of(app, "_5_2_points").set_value(5)
    run(app)
    assert shown(app) == expected(LAW.with_band("5", 2, BandChange(points=5)))
    assert shown(app)[2] > 0  # no criterion at zero any more
    press(app, "Bỏ")
    assert shown(app) == expected(LAW)


def test_dropped_and_doubled_criteria(demo):
    app = choose(open_scenario(), "tieu_chi")
    drop, double = app.multiselect
    drop.set_value(["tc3"])
    run(app)
    assert shown(app) == expected(Scenario(weights={"tc3": 0}))
    drop, double = app.multiselect
    assert not any("Tiêu chí 3:" in one for one in double.options)
    double.set_value(["tc13"])
    run(app)
    app.radio[0].set_value("proportional")
    run(app)
    scenario = Scenario(weights={"tc3": 0, "tc13": 2}, minimum_rule="proportional")
    assert shown(app) == expected(scenario)
    choose(choose(app, "nguong"), "tieu_chi")  # the controls come back as they were
    assert [one.value for one in app.multiselect] == [["tc3"], ["tc13"]]
    assert app.radio[0].value == "proportional"
    assert shown(app) == expected(scenario)


def test_minimum_and_class_of_units(demo):
    app = choose(open_scenario(), "loai")
    next(one for one in app.number_input if "_toi_thieu_mountain" in one.key).set_value(900)
    run(app)
    scenario = Scenario(minimums={"mountain_island_or_disadvantaged": 900})
    assert shown(app) == expected(scenario)
    assert shown(app)[3] > 0
    app.multiselect[0].set_value(["05971"])
    next(one for one in app.selectbox if one.label == "Loại mới").set_value("central_city_ward")
    run(app)
    press(app, "Đổi các đơn vị đã chọn")
    scenario = scenario.with_(classes={"05971": "central_city_ward"})
    assert shown(app) == expected(scenario)
    assert "Phường Hoàng Văn Thụ (05971): loại đơn vị từ" in words_of(app)
    assert any("_toi_thieu_central" in one.key for one in app.number_input)


def test_figures_of_a_unit(demo):
    app = choose(open_scenario(), "so_lieu")
    app.selectbox(key="don_vi").select("05971")
    app.selectbox(key="chi_tieu").select("5")
    run(app)
    input_of(app, "_injured").set_value(1000)
    run(app)
    assert shown(app) == expected(Scenario(figures={"05971": {"injured": 1000}}))
    assert "Số trẻ em bị tai nạn, thương tích từ 2 thành 1.000" in words_of(app)
    assert "theo phương án Không đạt" in words_of(app)
    input_of(app, "_injured").set_value(10**6)
    run(app)
    assert "lớn hơn “Tổng số trẻ em”" in app.error[0].value
    input_of(app, "_injured").set_value(2)
    run(app)
    assert shown(app) == expected(LAW)


def test_nothing_is_stored_as_data(demo):
    store = open_store()
    before = (
        len(store.audit.list()),
        store.observations.load(store.rounds.choose(2022)),
        store.classes.load(store.rounds.choose(2022)),
    )
    app = open_scenario(as_link(Scenario(weights={"tc3": 0}, figures={"05971": {"injured": 9}})))
    press(app, "Về đúng luật")
    assert len(store.audit.list()) == before[0]
    assert store.observations.load(store.rounds.choose(2022)).equals(before[1])
    assert store.classes.load(store.rounds.choose(2022)).equals(before[2])
    store.close()


def test_link_brings_the_scenario_and_a_broken_one_the_law(demo):
    scenario = Scenario(weights={"tc3": 0})
    assert shown(open_scenario(as_link(scenario))) == expected(scenario)
    broken = open_scenario("hong")
    assert shown(broken) == expected(LAW)
    assert "Liên kết phương án không đọc được" in words_of(broken)


def test_scenario_of_another_standard_is_told(demo):
    app = open_scenario(as_link(Scenario(weights={"tc99": 0}, classes={"99999": "other"})))
    assert "không có tiêu chí “tc99”" in app.error[0].value
    press(app, "Về đúng luật")
    assert shown(app) == expected(LAW)


def test_saving_reopening_and_deleting(demo_home):
    app = choose(open_scenario(), "tieu_chi")
    app.multiselect[0].set_value(["tc3"])
    run(app)
    app.text_input(key="ten_phuong_an").set_value("Bỏ tiêu chí 3 *thử*")
    app.text_input(key="nguoi_phuong_an").set_value("Trần Thị B")
    run(app)
    press(app, "Lưu phương án")
    assert "Đã lưu phương án “Bỏ tiêu chí 3 *thử*”" in words_of(app)
    press(app, "Lưu phương án")
    assert "đã có phương án tên" in app.error[0].value
    store = open_store()
    (saved,) = store.scenarios.list(store.rounds.choose(2022))
    assert saved.content == as_json(Scenario(weights={"tc3": 0}))
    press(app, "Về đúng luật")
    other = open_scenario()
    press(other, "Mở")
    assert shown(other) == expected(Scenario(weights={"tc3": 0}))
    assert other.text_input(key="ten_phuong_an").value == saved.name
    other.text_input(key=f"nguoi_xoa_{saved.id}").set_value("Trần Thị B")
    run(other)
    press(other, "Xóa hẳn phương án này")
    assert store.scenarios.list(store.rounds.choose(2022)) == []
    assert "Chưa lưu phương án nào" in words_of(other)
    store.close()


def test_slides_are_built_on_click(demo):
    app = choose(open_scenario(), "tieu_chi")
    app.multiselect[0].set_value(["tc3"])
    run(app)
    press(app, "Tạo trang chiếu (PowerPoint)")
    assert not app.error
    assert any(one.label == "Tải trang chiếu" for one in app.get("download_button"))


def test_each_year_has_its_own_scenario(demo):
    app = choose(open_scenario(), "tieu_chi")
    app.multiselect[0].set_value(["tc3"])
    run(app)
    app.selectbox(key="nam").select(2021)
    run(app)
    assert "Chưa đổi gì" in words_of(app)
    app.selectbox(key="nam").select(2022)
    run(app)
    assert shown(app) == expected(Scenario(weights={"tc3": 0}))


def test_page_with_one_unit(read_only):
    read_only("one_unit")
    app = choose(open_scenario(), "tieu_chi")
    app.multiselect[0].set_value(["tc1", "tc3"])
    app.radio[0].set_value("proportional")
    run(app)
    assert shown(app) == expected(Scenario(weights={"tc1": 0, "tc3": 0}, minimum_rule="proportional"))
