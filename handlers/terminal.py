"""What is said at a terminal: the words of the command line that look after records and settings, and then end."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.clock import Clock
from bot.handbook import HandbookError, check, load_handbook
from bot.language import translator
from bot.policy.appraisals.comparing import changed_settings, differences
from bot.policy.appraisals.cycle import rules_now
from bot.settings import read_settings, secret
from bot.views.comparing import Compared
from bot.views.comparing import lines as compared_lines
from bot.views.doctor import lines as doctor_lines
from handlers.connection import web_client
from handlers.doctor import examine
from handlers.examining.parts import Examined
from handlers.exports import export_all
from handlers.imports import import_file
from storage.comparing import pasts
from storage.store import Store

PROGRAM = "python app.py"


def words() -> argparse.ArgumentParser:
    """Return the words that the program knows."""
    parser = argparse.ArgumentParser(PROGRAM, description="Bidwell, the pre-sales desk in Slack. Without a word it serves.")
    parser.add_argument("--sandbox", action="store_true", help="serve against a Slack workspace on this machine, in the browser")
    parser.add_argument("--port", type=int, default=8080, help="the sandbox's port (default: 8080)")
    parser.add_argument("--no-bot", action="store_true", help="start the sandbox's workspace alone")
    known = parser.add_subparsers(dest="word", metavar="WORD")
    known.add_parser("migrate", help="bring the database to this version", description="Bring the database to this version.")
    known.add_parser("doctor", help="check everything that can be checked", description="Check token, scopes, database and the rest.")
    export = known.add_parser("export", help="write the records as CSV", description="Write the records as CSV files into a directory.")
    export.add_argument("dir", metavar="DIR", type=Path, help="the directory; it is made if it is not there")
    take = known.add_parser("import", help="read people or past bids from CSV", description="Read people or past bids from a CSV file.")
    take.add_argument("file", metavar="FILE", type=Path, help="the CSV file")
    take.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    handbook = known.add_parser("handbook", help="check a handbook", description="Work with the company's handbook.")
    checking = handbook.add_subparsers(dest="handbook_word", metavar="WORD", required=True)
    check_file = checking.add_parser(
        "check", help="say what is wrong with a file", description="Say each fault with its line and its cure."
    )
    check_file.add_argument("file", metavar="FILE", type=Path)
    compare = checking.add_parser(
        "compare", help="say what a file would have changed", description="Say whose last four quarters would have come out otherwise."
    )
    compare.add_argument("file", metavar="FILE", type=Path)
    return parser


def migrate(environ: Mapping[str, str]) -> int:
    """Bring the database to this version."""
    settings = read_settings(environ, needs_slack=False)
    store = Store(settings.database_url, Clock())
    store.migrate()
    store.close()
    return 0


def doctor(environ: Mapping[str, str]) -> int:
    """Print what the self-check finds, a line each; return 1 when there is trouble."""
    settings = read_settings(environ)
    handbook = load_handbook(settings.handbook)
    store = Store(settings.database_url, Clock())
    client = web_client(secret(settings.slack_bot_token), settings.slack_api_url)
    app_token = secret(settings.slack_app_token)
    parts = Examined(client, store, handbook, Clock().now(), settings.handbook, app_token, thorough=True, patience=30)
    findings = examine(parts)
    print("\n".join(doctor_lines(translator("en"), findings, handbook.company.time_zone)))
    return 1 if any(finding.ok is False for finding in findings) else 0


def export(environ: Mapping[str, str], directory: Path) -> int:
    """Write everything as CSV files."""
    settings = read_settings(environ, needs_slack=False)
    store = Store(settings.database_url, Clock())
    store.migrate()
    try:
        print("\n".join(str(file) for file in export_all(store, directory)))
    except OSError as error:
        print(f"{error.filename or directory}: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        store.close()
    return 0


def take_over(environ: Mapping[str, str], file: Path, *, dry: bool) -> int:
    """Take people or past bids over from a CSV file; print each change, or each fault."""
    settings = read_settings(environ, needs_slack=False)
    handbook = load_handbook(settings.handbook)
    store = Store(settings.database_url, Clock())
    store.migrate()
    said, code = import_file(store, handbook, file, Clock().now(), translator("en"), dry=dry)
    print("\n".join(said))
    store.close()
    return code


def check_handbook(file: Path) -> int:
    """Print what is wrong with a handbook; return 0 when nothing is."""
    faults = check(file)
    print("\n".join(faults) or f"{file}: no faults")
    return 1 if faults else 0


def compare_handbook(environ: Mapping[str, str], file: Path) -> int:
    """Print whose last four quarters would have come out otherwise by a handbook; return 1 for one that cannot be used."""
    settings = read_settings(environ, needs_slack=False)
    now = load_handbook(settings.handbook)
    try:
        then = load_handbook(file)
    except HandbookError as error:
        print(error)
        return 1
    store = Store(settings.database_url, Clock())
    store.migrate()
    with store.look() as shelves:
        past = pasts(shelves, now, then, Clock().now())
        names = {person.id: person.name for person in shelves.people.all()}
    store.close()
    found = list(differences(past, rules_now(now), rules_now(then)))
    compared = Compared(changed_settings(now, then), found, len({one.person for one in past}), names)
    print("\n".join(compared_lines(translator("en"), compared)))
    return 0


def run(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Do one word; return the exit code."""
    match said.word:
        case "migrate":
            return migrate(environ)
        case "doctor":
            return doctor(environ)
        case "export":
            return export(environ, said.dir)
        case "import":
            return take_over(environ, said.file, dry=said.dry_run)
        case _ if said.handbook_word == "compare":
            return compare_handbook(environ, said.file)
        case _:
            return check_handbook(said.file)
