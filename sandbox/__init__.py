"""A Slack workspace on this machine, to try the bot in and to test it with."""

from sandbox.server import Sandbox

__all__ = ["Sandbox"]
