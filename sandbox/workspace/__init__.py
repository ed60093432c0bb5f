"""The state of the workspace and what may be done to it."""

from sandbox.workspace.app import SlackApp
from sandbox.workspace.state import Workspace

__all__ = ["SlackApp", "Workspace"]
