"""Thử phương án."""

import streamlit as st

st.title("Thử phương án")
