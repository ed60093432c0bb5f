"""The people of the department and those around it: their Slack accounts, and what the company says of them."""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.policy import people as policy
from bot.policy.people import Role, from_slack
from sandbox.workspace.people import Person, PersonData

WEI, XIAOTONG, PEISHAN, JONAS, PRIYA = "U0WEICHEN1", "U0XIAOTONG", "U0PEISHAN1", "U0JONASBR1", "U0PRIYAN01"
GRACE, GAOYUAN, DANIEL = "U0GRACEL01", "U0GAOYUAN1", "U0DANIELO1"
NING, MARCUS, ZHOULAN, HEJUN, IVY = "U0NINGZH01", "U0MARCUSW1", "U0ZHOULAN1", "U0HEJUN001", "U0IVYTAN01"
LEO, ELIF, CROW = "U0LEOPARK1", "U0ELIFAY01", "U0CALCROW1"

MAIL = "lanternfield.example"
PARTNER = "T0QUILLHVN"
SHANGHAI, TAIPEI, SINGAPORE, BERLIN = "Asia/Shanghai", "Asia/Taipei", "Asia/Singapore", "Europe/Berlin"
STAFF, COLLEAGUE, HR, ADMIN = (frozenset({role}) for role in (Role.STAFF, Role.COLLEAGUE, Role.HR, Role.ADMIN))
LEFT = frozenset({DANIEL})


class Member(NamedTuple):
    """One of the company; `joined` is in days before the start."""

    id: str
    name: str
    title: str
    account: str
    zone: str
    locale: str
    post: str
    manager: str
    team: str
    roles: frozenset[Role]
    joined: int


# The first is the one that a visitor acts as.
MEMBERS = (
    Member(WEI, "Wei Chen", "Pre-sales engineer", "wei.chen", SHANGHAI, "en-US", "presales_engineer", GRACE, "East", STAFF, 1130),
    Member(XIAOTONG, "林晓彤", "售前顾问", "lin.xiaotong", SHANGHAI, "zh-CN", "presales_consultant", GRACE, "East", STAFF, 905),
    Member(PEISHAN, "吳佩珊", "售前工程師", "wu.peishan", TAIPEI, "zh-TW", "presales_engineer", GRACE, "East", STAFF, 1480),
    Member(JONAS, "Jonas Behr", "Pre-sales consultant", "jonas.behr", BERLIN, "en-GB", "presales_consultant", PRIYA, "West", STAFF, 760),
    Member(PRIYA, "Priya Nair", "Pre-sales project manager", "priya.nair", SINGAPORE, "en-GB", "presales_pm", GAOYUAN, "West", STAFF, 1690),
    Member(GRACE, "Grace Liang", "Team manager", "grace.liang", SHANGHAI, "en-US", "presales_consultant", GAOYUAN, "East", STAFF, 2210),
    Member(GAOYUAN, "高远", "售前部门经理", "gao.yuan", SHANGHAI, "zh-CN", "department_manager", "", "", STAFF, 3140),
    Member(NING, "Ning Zhao", "HR business partner", "ning.zhao", SHANGHAI, "en-US", "hr", "", "", COLLEAGUE | HR, 1275),
    Member(MARCUS, "Marcus Webb", "Account director", "marcus.webb", SINGAPORE, "en-US", "sales", "", "", COLLEAGUE, 1820),
    Member(ZHOULAN, "周岚", "大客户经理", "zhou.lan", SHANGHAI, "zh-CN", "sales", "", "", COLLEAGUE, 640),
    Member(HEJUN, "何骏", "平台研发负责人", "he.jun", SHANGHAI, "zh-CN", "technical", "", "", COLLEAGUE, 2480),
    Member(IVY, "Ivy Tan", "IT administrator", "ivy.tan", SINGAPORE, "en-US", "", "", "", COLLEAGUE | ADMIN, 1010),
    Member(DANIEL, "Daniel Osei", "Pre-sales engineer", "daniel.osei", SHANGHAI, "en-US", "presales_engineer", GRACE, "East", STAFF, 1360),
)
ZONES = {member.id: member.zone for member in MEMBERS}

OUTSIDERS: tuple[PersonData, ...] = (
    {"id": LEO, "name": "Leo Park", "title": "Freelance designer", "email": "leo@parkdraws.example", "tz": SHANGHAI, "is_restricted": True},
    {"id": ELIF, "name": "Elif Aydin", "title": "Partner manager", "tz": BERLIN, "locale": "en-GB", "team_id": PARTNER},
    {"id": CROW, "name": "Calendar Crow", "is_bot": True},
)


def people() -> list[PersonData]:
    """Return every account, the one that a visitor acts as first."""
    return [*map(account, MEMBERS), *OUTSIDERS]


def account(member: Member) -> PersonData:
    """Return the Slack account of a member."""
    return {
        "id": member.id,
        "name": member.name,
        "title": member.title,
        "email": f"{member.account}@{MAIL}",
        "tz": member.zone,
        "locale": member.locale,
        "is_admin": Role.ADMIN in member.roles,
        "deleted": member.id in LEFT,
    }


def places(start: datetime) -> list[policy.Person]:
    """Return the directory as the bot would have it by now: everybody's account, and the place of each member."""
    placed = {member.id: place(member, start) for member in MEMBERS}
    return [from_slack(Person(**data).described(start), placed.get(data["id"])) for data in people()]


def place(member: Member, start: datetime) -> policy.Person:
    """Return what an administrator said of a member; zone and locale stay known of those who have left."""
    return policy.Person(
        id=member.id,
        name=member.name,
        zone=member.zone,
        locale=member.locale,
        post=member.post,
        manager=member.manager,
        team=member.team,
        roles=member.roles,
        started=(start - timedelta(days=member.joined)).date(),
    )
