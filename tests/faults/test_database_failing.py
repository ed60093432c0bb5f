"""The database fails: locked by somebody, or away for a while. People are told, and afterwards all is as it should be."""

import sqlite3
import threading
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.databases import Server
from tests.faults.branch import Branch, open_branch
from tests.faults.deliveries import command
from tests.faults.process import until


def test_a_locked_database_is_waited_for(desk: Branch) -> None:
    file = make_url(desk.bot.environ["DATABASE_URL"]).database
    with sqlite3.connect(file or "", check_same_thread=False, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.7, lambda: other.execute("COMMIT"))
        release.start()
        assert "is in the books" in desk.ann.types("/bid new Locked 1m").words
        release.join()
    other.close()


def test_a_database_that_is_away_is_told_and_found_again(postgres: Server, postgres_database: str, tmp_path: Path) -> None:
    name = make_url(postgres_database).database
    with open_branch(postgres_database, tmp_path / "log") as branch:
        branch.ann.types("/bid new ACME 1m")
        postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        until(lambda: branch.bot.get("/readyz")[0] == 503)
        assert '"database"' in branch.bot.get("/readyz")[1] and branch.bot.get("/healthz")[0] == 200
        told = branch.sandbox.deliveries.ask("slash_commands", command(branch.sandbox.workspace, "/bid list"))
        postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        assert told.acknowledged and "went wrong" in str(told.body)
        until(branch.bot.ready)
        branch.store.engine.dispose()
        assert "(B-1) is not" not in branch.ann.types("/bid submit ACME").words
        branch.ann.types("/bid won ACME")
        assert branch.history() == ["register", "submit", "win"]
        assert len(branch.in_wins()) == 1
