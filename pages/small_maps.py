"""13 bản đồ nhỏ."""

import streamlit as st

st.title("13 bản đồ nhỏ")
