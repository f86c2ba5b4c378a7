"""Refusals of this room."""

from scoring.refusal import Refusal


class ShapesError(Refusal):
    """Boundaries that can't be used; the message is a Vietnamese sentence: where, what, how to mend."""
