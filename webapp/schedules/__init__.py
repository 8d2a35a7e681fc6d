"""What begins by the clock: the times of schedules, which operations may change, and starting one at once."""

from webapp.schedules.views import blueprint

__all__ = ["blueprint"]
