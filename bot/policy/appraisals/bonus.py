"""The performance bonus (§5.4.1): by grade, and by the days served."""

from decimal import ROUND_HALF_UP, Decimal

from bot.policy.appraisals.cycle import Rules
from bot.policy.appraisals.record import BonusShare, Grade

CENT, FINE = Decimal("0.01"), Decimal("0.0001")


def bonus_of(grade: Grade, post: str, served: int, days: int, rules: Rules) -> BonusShare:
    """Return a quarter's bonus: base x company factor x multiplier x days served / days, to the cent.

    The handbook sees to it that a better grade has the larger multiplier, and that fail has none.
    """
    base, multiplier, factor = rules.bonus.bases.get(post), rules.bonus.multipliers[grade], rules.bonus.company_factor
    amount = None if base is None else (base * factor * multiplier * served / days).quantize(CENT, ROUND_HALF_UP)
    return BonusShare(
        base=base, company_factor=factor, multiplier=multiplier, served=served, days=days, amount=amount, currency=rules.currency
    )


def coefficient_of(share: BonusShare) -> Decimal:
    """Return what the base is multiplied by, to four places."""
    return (share.company_factor * share.multiplier * share.served / share.days).quantize(FINE, ROUND_HALF_UP)
