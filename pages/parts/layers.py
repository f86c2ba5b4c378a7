"""Shapes of units, cached, and what tells that a map of a round is out of date."""

from data.store import RoundKey
from pages.parts.cached import cached
from pages.parts.rounds import get_store
from reports.facts.assessment import Assessment
from shapes.layers.layers import Layer, View, installed_version, load_layer


def get_facts_version(assessment: Assessment) -> tuple[RoundKey, int, float]:
    """Changes when anything that a map of the round shows changes: figures, standard, boundaries."""
    key = assessment.round.key
    return key, get_store().rounds.facts_version(key), installed_version(assessment.round.vintage)


def get_layer(vintage: str, province: str | None, view: View) -> Layer:
    """Shapes of a province's units, from the cache until other boundaries are installed."""
    return _load_layer(installed_version(vintage), vintage, province, view)


@cached(entries=12, spinner="Đang vẽ bản đồ …", shared=True)
def _load_layer(vintage: str, province: str | None, view: View) -> Layer:
    return load_layer(vintage, province, view)
