"""Trình chiếu."""

import streamlit as st

st.title("Trình chiếu")
