"""The room's durable events: what a returning client is told again."""

from django.db import models

from chat.types import EventType


class RoomEvent(models.Model):
    """Event number `seq` of a room. It points at rows; their present state is what is replayed."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    type = models.CharField(max_length=32, choices=EventType.choices)
    message = models.ForeignKey("chat.Message", models.CASCADE, null=True, related_name="+")
    reply = models.ForeignKey("chat.Reply", models.CASCADE, null=True, related_name="+")
    attempt = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_event_a_number")]

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"
