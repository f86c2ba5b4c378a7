"""Địa giới."""

import streamlit as st

st.title("Địa giới")
