"""Mappings: the last that was confirmed for files of a shape."""

import threading

from data.store import Choices


def test_last_mapping_of_a_shape_holds(store):
    assert store.mappings.find("shape", "qd-06-2019") is None
    store.mappings.save("shape", "qd-06-2019", Choices({"a": "births"}), "Cán bộ A")
    store.mappings.save("shape", "qd-06-2019", Choices({"a": "children"}, {"x": "05971"}), "Cán bộ B")
    remembered = store.mappings.find("shape", "qd-06-2019")
    assert (remembered.columns, remembered.units) == ({"a": "children"}, {"x": "05971"})
    assert remembered.by.startswith("Cán bộ B ngày ")
    assert store.mappings.find("shape", "khac") is None
    assert [event.action for event in store.audit.list()] == ["confirm_mapping"] * 2


def test_version_of_a_shape_changes_with_its_mapping_only(store):
    def versions() -> dict[str, str]:
        return store.mappings.list_versions("qd-06-2019")

    assert versions() == {}
    store.mappings.save("a", "qd-06-2019", Choices({"a": "births"}), "A")
    first = versions()
    store.mappings.save("b", "qd-06-2019", Choices({"a": "births"}), "A")
    store.mappings.save("a", "khac", Choices({"a": "births"}), "A")
    second = versions()
    assert (set(second), second["a"]) == ({"a", "b"}, first["a"])
    store.mappings.save("a", "qd-06-2019", Choices({"a": "births"}), "A")
    assert versions()["a"] != first["a"]
    assert versions()["b"] == second["b"]


def test_same_shape_confirmed_by_many_at_once(store):
    errors = []

    def confirm(person: int) -> None:
        try:
            store.mappings.save("shape", "qd-06-2019", Choices({"a": str(person)}), "x" * 150)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=confirm, args=(person,)) for person in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert store.mappings.find("shape", "qd-06-2019").by.startswith(f"{'x' * 100} ngày")
