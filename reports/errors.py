"""Refusals of this room."""


class ReportError(Exception):
    """A file that can't be made; the message is a Vietnamese sentence: what, why, how to mend."""
