"""auth.test, bots.info, team.info and apps.connections.open: who the app is, and where it listens."""

from sandbox.api.call import Call
from sandbox.api.method import Method
from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import APP, BOT, BOT_USER, DOMAIN, TEAM, TEAM_NAME


def test(call: Call) -> JSON:
    """Return the arguments, or the error that was asked for."""
    arguments = {key: value for key, value in call.arguments.items() if key != "token"}
    if "error" in arguments:
        raise Refused(str(arguments["error"]), args=arguments)
    return {"args": arguments}


def whoami(call: Call) -> JSON:
    """Tell whose token this is."""
    identity = {"url": f"{call.workspace.url}/", "team": TEAM_NAME, "user": call.workspace.people[BOT_USER].username, "team_id": TEAM}
    return identity | {"user_id": BOT_USER, "bot_id": BOT, "is_enterprise_install": False}


def bot_info(call: Call) -> JSON:
    """Describe the bot."""
    if call.optional("bot") not in (None, BOT):
        raise Refused("bot_not_found")
    return {
        "bot": {"id": BOT, "deleted": False, "name": call.workspace.app.name, "updated": 0, "app_id": APP, "user_id": BOT_USER, "icons": {}}
    }


def team_info(call: Call) -> JSON:
    """Describe the workspace."""
    return {"team": {"id": TEAM, "name": TEAM_NAME, "domain": DOMAIN, "email_domain": "", "icon": {"image_default": True}}}


METHODS = {
    "api.test": Method(test, "tier4", caller="anybody"),
    "auth.test": Method(whoami, "special"),
    "bots.info": Method(bot_info, "tier3", ("users:read",)),
    "team.info": Method(team_info, "tier3", ("team:read",)),
}
