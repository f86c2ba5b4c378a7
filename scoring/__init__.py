"""The standard as data and the engine that applies it. Pure: no Streamlit, no database, no files of users."""
