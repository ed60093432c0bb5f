"""The longest customers, and what their views are given besides."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.policy.customers import Contact, Customer, Enquiry, Opinion, Stance, Standing, Weight
from bot.policy.money import Money
from bot.policy.opportunities import Opportunity
from bot.views.blocks import Sentence, prose
from bot.views.customers import enquiries, opinions
from tests.views.longest.opportunities import DEALS
from tests.views.longest.shared import AMOUNT, CROWD, ME, NOW, text

CONTACT = Contact(name=text(100), title=text(100), stance=Stance.DECISION_MAKER, reach=text(200))
OPEN_ENQUIRY = Enquiry(id=1, text=text(2000), contact=text(100), reported_by=CROWD[1], at=NOW, owner=ME, due=NOW)
ENQUIRY = OPEN_ENQUIRY.amended(answer=text(2000), answered_by=ME, answered_at=NOW)
OPEN_OPINION = Opinion(id=1, text=text(2000), product=text(100), weight=Weight.CHALLENGE, reported_by=ME, at=NOW)
OPINION = OPEN_OPINION.amended(answer=text(2000), answered_by=ME, answered_at=NOW)
LONGEST = Customer(
    id=999_999_999,
    name=text(200),
    key=text(200),
    aliases=(text(200),) * 10,
    industry=text(100),
    contacts=(CONTACT,) * 20,
    enquiries=tuple(one.amended(id=n) for n, one in enumerate([ENQUIRY, OPEN_ENQUIRY] * 10)),
    opinions=tuple(one.amended(id=n) for n, one in enumerate([OPINION, OPEN_OPINION] * 10)),
    chase_at=NOW,
    unanswered=10,
    entered_by=ME,
    entered_at=NOW,
)
SHORTEST = Customer(name="A", key="a", entered_by=ME, entered_at=NOW)
CUSTOMERS = [LONGEST, SHORTEST, *(LONGEST.amended(state=state) for state in Standing)]
MONEY = Money(amount=AMOUNT, currency="CNY")
ROW = opinions.Row(LONGEST, OPEN_OPINION, False)

CONTENT: Mapping[object, list[Any]] = {
    Customer: CUSTOMERS,
    Sequence[Customer]: [CUSTOMERS[:10], []],
    Contact: [CONTACT],
    Enquiry: [ENQUIRY, OPEN_ENQUIRY],
    Sequence[Enquiry]: [LONGEST.enquiries],
    Opinion: [OPINION, OPEN_OPINION],
    Opportunity: DEALS,
    Sequence[Opportunity]: [DEALS],
    opinions.Behind: [opinions.Behind(deals, MONEY, secret) for deals in (0, 99) for secret in (True, False)],
    opinions.Row: [ROW, ROW._replace(secret=True)],
    opinions.Product: [opinions.Product(text(100), [ROW] * 30, MONEY)],
    Sequence[opinions.Product]: [[opinions.Product(text(100), [ROW] * 30, MONEY)] * 10, []],
    Sequence[Sentence]: [[prose("{text}", text=text(1000))] * 3],
    str | None: ["C0PRODUCTS", None],
    "alias": [text(200)],
    "customer": [text(200)],
    "number": [0, 1],
    "owner": [ME],
    "product": [text(100)],
    "text": [text(2000)],
    "to": [ME],
    "weight": [*Weight],
    "enquiries.retold(kind)": [enquiries.ASKED, enquiries.ANSWERED],
    "sheet.contact_noted(customer)": [LONGEST],
    "opinions.retold(kind)": [opinions.POSTED, opinions.REPLIED],
}
