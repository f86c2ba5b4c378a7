"""Việt Nam's time: moments are stored in UTC and read in it, whatever the zone of the machine or of its database."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def as_in_vietnam(moment: datetime) -> datetime:
    """A moment as clocks in Việt Nam show it; one without a zone is what such a clock showed."""
    return moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)


def today() -> date:
    """The day in Việt Nam."""
    return datetime.now(VIETNAM).date()
