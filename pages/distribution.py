"""Phân bố điểm."""

import streamlit as st

st.title("Phân bố điểm")
