"""What the calendar says about bids (§4.4): reminders, the digest of a working day, deadlines that were missed."""

from datetime import timedelta

from scheduler.bids.digests import give_digests
from scheduler.bids.missing import miss_deadlines
from scheduler.bids.reminding import remind
from scheduler.bids.resting import Resting
from scheduler.job import Job

MINUTE = timedelta(minutes=1)

JOBS = (
    Job("bids.miss_deadlines", Resting(miss_deadlines), every=MINUTE),
    Job("bids.remind", Resting(remind), every=MINUTE),
    Job("bids.give_digests", Resting(give_digests), every=MINUTE),
)
