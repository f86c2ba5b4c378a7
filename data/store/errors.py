"""What the store refuses."""

from scoring.refusal import Refusal


class StoreError(Refusal):
    """A request that the store refuses; the message is a Vietnamese sentence for the user."""
