"""Hồ sơ huyện."""

import streamlit as st

st.title("Hồ sơ huyện")
