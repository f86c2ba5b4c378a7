"""Hai năm."""

import streamlit as st

st.title("Hai năm")
