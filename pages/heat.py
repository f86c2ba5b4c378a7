"""Bảng nhiệt."""

import streamlit as st

st.title("Bảng nhiệt")
