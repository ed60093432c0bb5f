"""What the environment may say, and what is answered when it is wrong."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings

SOCKET_MODE = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}


def complaint(environ: dict[str, str], **options: bool) -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings(environ, **options)
    return str(caught.value)


def test_defaults_are_enough_for_socket_mode():
    settings = read_settings(SOCKET_MODE)
    assert settings.socket_mode
    assert (settings.database_url, settings.port, settings.log_level) == ("sqlite:///bidwell.db", 3000, "INFO")
    assert (settings.handbook, settings.admins, settings.metrics_port, settings.slack_api_url) == (None, (), None, None)


def test_a_signing_secret_alone_means_http():
    assert not read_settings(HTTP).socket_mode


def test_an_app_token_wins_over_a_signing_secret():
    assert read_settings(SOCKET_MODE | HTTP).socket_mode


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        (SOCKET_MODE | {"SLACK_BOT_TOKEN": "  "}, "SLACK_BOT_TOKEN is not set"),
        (SOCKET_MODE | {"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN must begin with xoxb-"),
        (SOCKET_MODE | {"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN must begin with xapp-"),
        (SOCKET_MODE | {"SLACK_API_URL": "example"}, "SLACK_API_URL"),
        (SOCKET_MODE | {"DATABASE_URL": "mysql://db"}, "DATABASE_URL"),
        (SOCKET_MODE | {"DATABASE_URL": "sqlite:///"}, "DATABASE_URL"),
        (SOCKET_MODE | {"HANDBOOK": "nowhere.yaml"}, "HANDBOOK"),
        (SOCKET_MODE | {"ADMINS": "U0ANNA, somebody"}, "ADMINS must list Slack member ids or e-mail addresses, which somebody is not"),
        (SOCKET_MODE | {"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        (SOCKET_MODE | {"PORT": "0"}, "PORT"),
        (SOCKET_MODE | {"PORT": "٣٠٠٠"}, "PORT"),
        (SOCKET_MODE | {"METRICS_PORT": "65536"}, "METRICS_PORT"),
        (SOCKET_MODE | {"PORT": "8000", "METRICS_PORT": "8000"}, "PORT and METRICS_PORT"),
        (HTTP | {"METRICS_PORT": "3000"}, "PORT and METRICS_PORT"),
    ],
)
def test_a_wrong_environment_is_answered_by_one_sentence_that_names_the_variable(environ, named):
    sentence = complaint(environ)
    assert named in sentence
    assert "\n" not in sentence and sentence.endswith(".")


def test_all_faults_are_named_at_once():
    sentence = complaint({"PORT": "x", "LOG_LEVEL": "loud"})
    assert all(name in sentence for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "PORT", "LOG_LEVEL"))


def test_metrics_may_use_the_port_that_socket_mode_leaves_free():
    assert read_settings(SOCKET_MODE | {"METRICS_PORT": "3000"}).metrics_port == 3000


def test_work_without_slack_needs_no_tokens():
    assert read_settings({}, needs_slack=False).slack_bot_token is None
    assert "DATABASE_URL" in complaint({"DATABASE_URL": "oracle://"}, needs_slack=False)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:////srv/bidwell.db", "sqlite:////srv/bidwell.db"),
        ("postgres://db/bidwell", "postgresql+psycopg://db/bidwell"),
        ("postgresql://db/bidwell", "postgresql+psycopg://db/bidwell"),
        ("postgresql+psycopg://db/bidwell", "postgresql+psycopg://db/bidwell"),
    ],
)
def test_every_spelling_of_postgresql_gets_the_one_driver(written, used):
    assert read_settings({"DATABASE_URL": written}, needs_slack=False).database_url == used


def test_lists_paths_and_levels_are_read_as_people_write_them(tmp_path: Path):
    book = tmp_path / "handbook.yaml"
    book.touch()
    environ = {
        "ADMINS": "U0ANNA, ben@example.com\nW0CHEN",
        "HANDBOOK": str(book),
        "LOG_LEVEL": "debug",
        "SLACK_API_URL": "http://localhost/api",
    }
    settings = read_settings(environ, needs_slack=False)
    assert settings.admins == ("U0ANNA", "ben@example.com", "W0CHEN")
    assert (settings.handbook, settings.log_level, settings.slack_api_url) == (book, "DEBUG", "http://localhost/api/")


def test_secrets_are_never_shown():
    shown = repr(read_settings(SOCKET_MODE | HTTP | {"SLACK_BOT_TOKEN": "xoxb-hush", "DATABASE_URL": "postgres://anna:hush@db/bidwell"}))
    assert "hush" not in shown


def test_a_wrong_secret_is_never_quoted():
    assert "hush" not in complaint({"SLACK_BOT_TOKEN": "hush", "DATABASE_URL": "mysql://anna:hush@db"})
