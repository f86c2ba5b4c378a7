"""Tải về."""

import streamlit as st

st.title("Tải về")
