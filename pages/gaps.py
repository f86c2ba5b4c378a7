"""Còn thiếu gì."""

import streamlit as st

st.title("Còn thiếu gì")
