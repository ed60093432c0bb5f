"""What the calendar says about appraisals (§5.2, §5.3)."""

from scheduler.appraisals import appeals, opening, phases, reminding

JOBS = (*opening.JOBS, *phases.JOBS, *reminding.JOBS, *appeals.JOBS)
