"""The signs and names by which people call currencies, and which currency is meant."""

from typing import NamedTuple

from babel.core import get_global


class Sign(NamedTuple):
    """A sign or name: the currencies that it may mean, and the one that it means unless the default is another of them."""

    currencies: tuple[str, ...]
    usual: str | None
    usual_in_chinese: str | None


def _one(currency: str) -> Sign:
    return Sign((currency,), currency, currency)


_DOLLAR = Sign(("USD", "ARS", "AUD", "BND", "CAD", "CLP", "COP", "HKD", "MXN", "NZD", "SGD", "TWD", "UYU"), "USD", "USD")
_YUAN = Sign(("CNY", "HKD", "MOP", "TWD"), "CNY", "CNY")
_YEN = Sign(("CNY", "JPY"), None, "CNY")
_CROWN = Sign(("DKK", "ISK", "NOK", "SEK"), None, None)

# By currency: what else it is called. Casefolded, plain quotes and width.
_NAMES = {
    "AED": "dirham dirhams",
    "AUD": "a$ au$ 澳元 澳币 澳幣",
    "BRL": "r$",
    "CAD": "c$ ca$ 加元 加币 加幣",
    "CHF": "fr. sfr 瑞士法郎 瑞郎",
    "CNY": "rmb cn¥ yuan renminbi 人民币 人民幣",
    "EUR": "€ euro euros 欧元 歐元",
    "GBP": "£ pound pounds sterling 英镑 英鎊",
    "HKD": "hk$ 港元 港币 港幣 港纸",
    "IDR": "rp",
    "INR": "₹ rupee rupees 卢比",
    "JPY": "jp¥ yen 日元 日圆 日圓 日币 日幣 円",
    "KRW": "₩ won 韩元 韓元 韩币 韓幣 韩圜 韓圜",
    "MOP": "mop$ 澳门元 澳門元 澳门币 澳門幣",
    "MYR": "rm ringgit 马币 林吉特",
    "NZD": "nz$ 纽元 紐元 新西兰元",
    "PHP": "₱",
    "PLN": "zł",
    "RUB": "₽ 卢布 盧布",
    "SGD": "s$ sg$ 新加坡元 新加坡币 新币 坡币",
    "THB": "฿ baht 泰铢 泰銖",
    "TRY": "₺",
    "TWD": "nt$ ntd nt 新台币 新臺幣 新台幣 新臺币 台币 臺幣 台幣",
    "UAH": "₴",
    "USD": "us$ 美元 美金 美刀",
    "VND": "₫ dong 越南盾",
}
_SIGNS = {name: _one(currency) for currency, names in _NAMES.items() for name in names.split()}
_SIGNS |= {"us dollar": _one("USD"), "us dollars": _one("USD")}
_SIGNS |= dict.fromkeys(("$", "dollar", "dollars"), _DOLLAR) | dict.fromkeys(("元", "圆", "圓", "块", "塊"), _YUAN)
_SIGNS |= {"¥": _YEN, "kr": _CROWN, "kr.": _CROWN}

_TERRITORIES = get_global("territory_currencies").values()
_CODES = {code: _one(code) for rows in _TERRITORIES for code, _, end, tender in rows if tender and end is None}
# Codes that are also English words or first names count in capitals only: a customer may be called "Try 2000" or "Bob".
_WORDLIKE = frozenset("ALL BAM BOB COP CUP GEL MAD MOP NAD PEN RON SOS TOP TRY WST".split())


def sign(word: str) -> Sign | None:
    """Return what a currency's code, sign or name (`USD`, `HK$`, `人民币`) may mean, or None for any other word."""
    code = word.upper()
    if code in _CODES and (word == code or code not in _WORDLIKE):
        return _CODES[code]
    return _SIGNS.get(word.casefold())


def meant(signs: list[Sign], default: str, *, chinese: bool) -> str | None:
    """Return the currency on which all signs agree, the default if they leave it open, or None when that is not clear."""
    if not signs:
        return default
    shared = [currency for currency in signs[0].currencies if all(currency in other.currencies for other in signs)]
    if default in shared:
        return default
    usual = [one.usual_in_chinese if chinese else one.usual for one in signs]
    return shared[0] if len(shared) == 1 else next((currency for currency in usual if currency in shared), None)
