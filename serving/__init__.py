"""The server's side of Streamlit: who may ask, what every answer says, what comes in and goes out."""
