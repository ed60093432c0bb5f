"""Handbook: the numbers, names and choices of the company's policy, read from one YAML file over the defaults."""

from bot.handbook.appraisals import Appeal, Appraisals, Bonus, Formula, Peers, Phases, Yardstick, Year
from bot.handbook.bids import Assessment, Bands, Bids, Criterion, Planned, Reminders, WinRate
from bot.handbook.company import Company, People, WorkingHours
from bot.handbook.honours import Honours, HonourType
from bot.handbook.loading import DEFAULTS, HandbookError, check, laid_over, load_handbook
from bot.handbook.policy_file import Channels, Handbook
from bot.handbook.research import Research, ResearchNudges, ResearchTemplate, ResearchWeights
from bot.handbook.section import Named, Section, as_written
from bot.handbook.solutions import Quorum, Solutions, SolutionSection
from bot.handbook.work import Customers, Demos, Opportunities, Surveys

__all__ = [
    "DEFAULTS",
    "Appeal",
    "Appraisals",
    "Assessment",
    "Bands",
    "Bids",
    "Bonus",
    "Channels",
    "Company",
    "Criterion",
    "Customers",
    "Demos",
    "Formula",
    "Handbook",
    "HandbookError",
    "HonourType",
    "Honours",
    "Named",
    "Opportunities",
    "Peers",
    "People",
    "Phases",
    "Planned",
    "Quorum",
    "Reminders",
    "Research",
    "ResearchNudges",
    "ResearchTemplate",
    "ResearchWeights",
    "Section",
    "SolutionSection",
    "Solutions",
    "Surveys",
    "WinRate",
    "WorkingHours",
    "Yardstick",
    "Year",
    "as_written",
    "check",
    "laid_over",
    "load_handbook",
]
