"""Refusals of this room."""


class ShapesError(Exception):
    """Boundaries that can't be used; the message is a Vietnamese sentence: where, what, how to mend."""
