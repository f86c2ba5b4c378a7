"""The texts of a column's header."""

from dataclasses import dataclass

from data.text.names import normalise_name


@dataclass(frozen=True)
class Header:
    """The header of a column: its texts from top to bottom, each with the number of columns that it spans."""

    column: int
    texts: tuple[tuple[str, int], ...]

    @property
    def text(self) -> str:
        """All texts in one line, as an officer would read them."""
        return " / ".join(" ".join(text.split()) for text, _ in self.texts)

    @property
    def key(self) -> str:
        """What the header is known by in a mapping."""
        return normalise_name(" ".join(text for text, _ in self.texts))
