"""The colours of statuses and points: told apart by colour-blind people and on a poor projector."""

STATUS_COLOURS = {"met": "#2166ac", "not_met": "#d6604d", "incomplete": "#e0c341"}
STATUS_INK = {"met": "#ffffff", "not_met": "#1a1a1a", "incomplete": "#1a1a1a"}  # text that is read on the colours
NO_DATA_COLOUR = "#d9d9d9"
ZERO_COLOUR = "#b2182b"
# From few points to many; light to dark, so that the order is seen without colour too.
POINTS_COLOURS = ("#d6604d", "#f4a582", "#d1e5f0", "#92c5de", "#4393c3", "#2166ac")
OUTLINE_COLOUR = "#444444"
CHOSEN_COLOUR = "#111111"
INK, INK_ON_DARK = "#1f2329", "#eceff1"  # text on the light and on the dark background
