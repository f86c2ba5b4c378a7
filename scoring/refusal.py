"""The one base of everything that the product refuses in words."""


class Refusal(Exception):  # noqa: N818 - what is refused is no error of the program
    """Something asked for that can't be done; the message is one Vietnamese sentence for the user."""

    is_fault = False  # of one that tells of a fault of the machine, the trace goes into the log
