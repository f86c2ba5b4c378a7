"""Which packages a machine needs and why it doesn't get them. Standard library only: it runs before any is there."""
