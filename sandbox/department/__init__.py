"""A fictional department, Lanternfield Systems 灯野系统: its people, what they said in Slack, and a year of its work."""

from sandbox.department.channels import channels
from sandbox.department.history import furnish
from sandbox.department.people import people, places

__all__ = ["channels", "furnish", "people", "places"]
