"""Refusals of this room."""

from scoring.refusal import Refusal


class ReportError(Refusal):
    """A file that can't be made; the message is a Vietnamese sentence: what, why, how to mend."""
