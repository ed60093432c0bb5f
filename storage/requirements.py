"""The key requirements of a deal: what its research found, in the words that a solution is held against."""

from bot.policy.research import CURRENT
from bot.policy.solutions import Requirement
from storage.store import Shelves


def key_requirements(shelves: Shelves, opportunity: int) -> list[Requirement]:
    """Return the key requirements of the latest research for a deal that was not given up; none where there is no research."""
    research = next((one for one in shelves.researches.of_opportunity(opportunity) if one.state in CURRENT), None)
    return [Requirement(id=item.id, text=item.text) for item in research.items if item.key] if research else []
