"""What can be wrong with rules, channels and secrets, each with what to do."""

from counterclaim.errors import CounterclaimError


class AlertsError(CounterclaimError):
    """The file of rules cannot be used as it is."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")


class SendError(CounterclaimError):
    """A message could not be handed over; it is tried again."""

    def __init__(self, channel: str, why: str) -> None:
        super().__init__(f"channel {channel}: {why}")
        self.channel = channel
