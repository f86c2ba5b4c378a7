"""Shapes of units, cached, and what tells that a map of a round is out of date."""

import streamlit as st

from data.store import RoundKey
from pages.parts.rounds import get_store
from reports.facts.assessment import Assessment
from shapes.layers.layers import Layer, View, installed_version, load_layer


def get_facts_version(assessment: Assessment) -> tuple[RoundKey, int, float]:
    """Changes when anything that a map of the round shows changes: figures, standard, boundaries."""
    key = assessment.round.key
    return key, get_store().rounds.facts_version(key), installed_version(assessment.round.vintage)


def get_layer(vintage: str, province: str | None, view: View) -> Layer:
    """Shapes of a province's units, from the cache until other boundaries are installed."""
    return _load_layer(vintage, province, view, installed_version(vintage))


@st.cache_resource(show_spinner="Đang vẽ bản đồ …", max_entries=12)
def _load_layer(vintage: str, province: str | None, view: View, version: float) -> Layer:  # noqa: ARG001
    return load_layer(vintage, province, view)
