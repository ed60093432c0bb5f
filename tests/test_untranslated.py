"""Every message in the source has its words in both Chinese catalogues, and the catalogues hold nothing else."""

import pytest

from bot.language import catalogue_path
from scripts.catalogue import TRANSLATED, Message, as_file, is_translated, messages, placeholders, read_catalogue, renewed

SOURCE_MESSAGES = messages()
CATALOGUES = {language: read_catalogue(language) for language in TRANSLATED}
# Pairs of the simplified and the traditional form of one character; neither belongs in the other catalogue.
PAIRS = (
    "项項 标標 单單 员員 经經 户戶 应應 时時 间間 请請 写寫 说說 过過 发發 开開 关關 书書 长長 为為 个個 们們 会會 对對 没沒 还還 这這 "
    "种種 级級 审審 报報 额額 务務 评評 议議 记記 录錄 赢贏 输輸 选選 择擇 删刪 编編 辑輯 将將 无無 与與 参參 团團 队隊 问問 题題 "
    "复復 销銷 认認 确確 词詞 语語 号號 码碼 动動 历歷 权權 让讓 试試 错錯 误誤 载載 区區 责責 货貨 币幣"
).split()
FOREIGN = {"zh-Hans": {traditional for _, traditional in PAIRS}, "zh-Hant": {simplified for simplified, _ in PAIRS}}

every_language = pytest.mark.parametrize("language", TRANSLATED)


def forms(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ())


def first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def entries(language: str):
    """Yield each entry of a catalogue but its header."""
    return [entry for entry in CATALOGUES[language] if entry.id]


def test_the_source_speaks():
    assert len(SOURCE_MESSAGES) > 50


@every_language
def test_every_message_is_translated(language):
    def translated(message: Message) -> bool:
        entry = CATALOGUES[language].get(first(message))
        return entry is not None and entry.id == message.id and is_translated(entry.string)

    missing = [f"{message.place}: {first(message)}" for message in SOURCE_MESSAGES if not translated(message)]
    assert not missing, "\n".join(["not translated (make fix adds them to the catalogue):", *missing])


@every_language
def test_no_translation_is_a_guess_or_left_over(language):
    known = {message.id for message in SOURCE_MESSAGES}
    guesses = [f"a guess: {entry.id}" for entry in entries(language) if entry.fuzzy]
    left_over = [f"no longer said: {entry.id}" for entry in entries(language) if entry.id not in known]
    assert not guesses + left_over + list(CATALOGUES[language].obsolete)


@every_language
def test_a_translation_keeps_the_placeholders(language):
    wrong = [
        f"{entry.id}: {form}"
        for entry in entries(language)
        for form in forms(entry.string)
        if form and placeholders(form) != placeholders(entry.id)
    ]
    assert not wrong, "\n".join(wrong)


@every_language
def test_simplified_and_traditional_characters_are_not_mixed(language):
    wrong = [f"{form}: {found}" for entry in entries(language) for form in forms(entry.string) if (found := FOREIGN[language] & set(form))]
    assert not wrong, "\n".join(wrong)


@every_language
def test_a_catalogue_is_as_make_fix_writes_it(language):
    assert catalogue_path(language).read_bytes() == as_file(language, renewed(language))


def test_every_placeholder_gets_its_value_where_the_message_is_said():
    wrong = [f"{message.place}: {first(message)}: {', '.join(sorted(message.misfit))}" for message in SOURCE_MESSAGES if message.misfit]
    assert not wrong, "\n".join(wrong)
