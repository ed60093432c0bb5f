"""What people say about appraisals (§5.1-5.4): `/review`, its buttons and its forms."""

from handlers.appraisals import appeals, calibration, cycles, payroll, peers, people, reasons, results, scoring, self_review, years
from handlers.help import help_word
from handlers.routes import Routes

STAGES = (self_review, scoring, cycles, people, results, reasons, peers, calibration, payroll, appeals, years)


def register(routes: Routes) -> None:
    """Register the stages of an appraisal."""
    for stage in STAGES:
        stage.register(routes)
    routes.command("/review", "start", help_word(routes, "/review"))
