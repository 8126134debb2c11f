"""Dates as the web pages of Facebook, Instagram and Threads show them -> ISO text.

The pages write times in the account's language and without a time zone (until about 2019 some end in "UTC+01"). English
forms are settled surely, others by their month names; what is only numbers with slashes is settled by the person's answer or
by another date of the same account that leaves no choice, and is no time otherwise.
Format facts: kenn-io/msgvault, RLEAPP, timelinize; the no-break spaces before "pm" came with newer date libraries.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

# One line a language, twelve months, forms separated by "/": en de fr es pt it nl pl sv da/no fi cs hu tr ro ru.
_LANGUAGES = (
    "jan/january feb/february mar/march apr/april may jun/june jul/july aug/august sep/sept/september oct/october "
    "nov/november dec/december",
    "jan/jän/januar/jänner feb/februar mär/märz/mrz/maerz apr/april mai jun/juni jul/juli aug/august sep/sept/september "
    "okt/oktober nov/november dez/dezember",
    "janv/janvier févr/fév/février/fevr mars avr/avril mai juin juil/juillet août/aout sept/septembre oct/octobre "
    "nov/novembre déc/décembre/dec",
    "ene/enero feb/febrero mar/marzo abr/abril may/mayo jun/junio jul/julio ago/agosto sep/sept/septiembre/setiembre "
    "oct/octubre nov/noviembre dic/diciembre",
    "jan/janeiro fev/fevereiro mar/março/marco abr/abril mai/maio jun/junho jul/julho ago/agosto set/setembro out/outubro "
    "nov/novembro dez/dezembro",
    "gen/gennaio feb/febbraio mar/marzo apr/aprile mag/maggio giu/giugno lug/luglio ago/agosto set/sett/settembre "
    "ott/ottobre nov/novembre dic/dicembre",
    "jan/januari feb/februari mrt/maart apr/april mei jun/juni jul/juli aug/augustus sep/september okt/oktober nov/november "
    "dec/december",
    "sty/stycznia/styczeń lut/lutego/luty mar/marca/marzec kwi/kwietnia/kwiecień maj/maja cze/czerwca/czerwiec "
    "lip/lipca/lipiec sie/sierpnia/sierpień wrz/września/wrzesień paź/października/październik lis/listopada/listopad "
    "gru/grudnia/grudzień",
    "jan/januari feb/februari mars/mar apr/april maj jun/juni jul/juli aug/augusti sep/sept/september okt/oktober "
    "nov/november dec/december",
    "jan/januar feb/februar mar/mars/marts apr/april mai/maj jun/juni jul/juli aug/august sep/sept/september okt/oktober "
    "nov/november des/dec/desember/december",
    "tammi/tammikuuta helmi/helmikuuta maalis/maaliskuuta huhti/huhtikuuta touko/toukokuuta kesä/kesäkuuta heinä/heinäkuuta "
    "elo/elokuuta syys/syyskuuta loka/lokakuuta marras/marraskuuta joulu/joulukuuta",
    "led/ledna/leden úno/února/únor bře/března/březen dub/dubna/duben kvě/května/květen čvn/června/červen "
    "čvc/července/červenec srp/srpna/srpen zář/září říj/října/říjen lis/listopadu pro/prosince/prosinec",
    "jan/január febr/február márc/március ápr/április máj/május jún/június júl/július aug/augusztus szept/szeptember "
    "okt/október nov/november dec/december",
    "oca/ocak şub/şubat mar/mart nis/nisan may/mayıs haz/haziran tem/temmuz ağu/ağustos eyl/eylül eki/ekim kas/kasım "
    "ara/aralık",
    "ian/ianuarie feb/februarie mar/martie apr/aprilie mai iun/iunie iul/iulie aug/august sept/septembrie oct/octombrie "
    "nov/noi/noiembrie dec/decembrie",
    "янв/января фев/февр/февраля мар/марта апр/апреля мая/май июн/июня июл/июля авг/августа сен/сент/сентября окт/октября "
    "ноя/нояб/ноября дек/декабря",
)
_MONTHS = {
    form: number for language in _LANGUAGES for number, forms in enumerate(language.split(), 1) for form in forms.split("/")
}
# Words that may stand in a date beside its parts: "at" and its like, and the days of the week.
_BESIDE = frozenset(
    [
        "at",
        "on",
        "um",
        "uhr",
        "à",
        "a",
        "às",
        "las",
        "le",
        "de",
        "del",
        "da",
        "do",
        "di",
        "as",
        "alle",
        "ore",
        "o",
        "om",
        "kl",
        "klo",
        "the",
        "den",
        "г",
        "в",
        "v",
        "saat",
        "mon",
        "monday",
        "tue",
        "tues",
        "tuesday",
        "wed",
        "wednesday",
        "thu",
        "thur",
        "thurs",
        "thursday",
        "fri",
        "friday",
        "sat",
        "saturday",
        "sun",
        "sunday",
        "mo",
        "mi",
        "fr",
        "sa",
        "so",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
        "lunedì",
        "martedì",
        "mercoledì",
        "giovedì",
        "venerdì",
        "sabato",
        "domenica",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
    ]
)
_AM, _PM = frozenset(("am", "오전", "上午", "午前")), frozenset(("pm", "오후", "下午", "午後"))
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u200e\u200f]+")
_HALVES = re.compile(r"\b([ap])\s?\.?\s?m\b\.?", re.IGNORECASE)
_ENGLISH = re.compile(r"([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),?(?: at)? (\d{1,2}):(\d\d)(?::(\d\d))? ?([AaPp])[Mm]$")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)?$")
_ZONE = re.compile(r"\s*\(?(?:UTC|GMT)\s?(?:([+-−])(\d{1,2})(?::?(\d\d))?)?\)?$")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?!\d|[./]\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{2,4})(?!\d)\.?")
_FAR_EAST = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
_SLASHED = re.compile(rb"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{4}(?![\d/])")
_LONGEST = 60


@lru_cache(maxsize=4096)
def from_page(text: str, day_first: bool | None = None) -> str | None:
    """A date line of a page -> ISO text, naive unless the line says its zone; None when the line is anything but one date.

    `day_first` settles 03/04/2021; without it such a date is None (13/04/2021 says itself what it is).
    """
    if len(text) > _LONGEST or not any(c.isdecimal() for c in text):
        return None
    line = _SPACES.sub(" ", text).strip()
    if m := _ENGLISH.match(line):
        month = _MONTHS.get(m[1].lower(), 0)
        return _iso(int(m[3]), month, int(m[2]), _hour(int(m[4]), m[7].lower() == "p"), int(m[5]), int(m[6] or 0))
    if m := _ISO.match(line):
        zone = "" if not m[7] else "+00:00" if m[7] in ("Z", "UTC") else f"{m[7][:3]}:{m[7][-2:]}"
        moment = _iso(int(m[1]), int(m[2]), int(m[3]), int(m[4]), int(m[5]), int(m[6] or 0))
        return moment + zone if moment else None
    zone = ""
    if m := _ZONE.search(line):
        sign = "-" if m[1] in ("-", "−") else "+"
        zone = f"{sign}{int(m[2] or 0):02}:{m[3] or '00'}"
        line = line[: m.start()]
    moment = _parts(line, day_first)
    if moment is None or (zone and "T" not in moment):
        return moment
    return moment + zone


def _parts(line: str, day_first: bool | None) -> str | None:
    """The date in a line of words and numbers, in any order."""
    line = _HALVES.sub(lambda m: f" {m[1].lower()}m ", line)
    year = month = day = 0
    if m := _FAR_EAST.search(line):
        year, month, day = int(m[1]), int(m[2]), int(m[3])
        line = f"{line[: m.start()]} {line[m.end() :]}"
    elif m := _NUMBERS.search(line):
        found = _ordered(m[1], m[2], m[3], m[4], day_first)
        if found is None:
            return None
        year, month, day = found
        line = f"{line[: m.start()]} {line[m.end() :]}"
    clock = None
    for m in _CLOCK.finditer(line):
        if ":" in m[0] or clock is None:
            clock = m
    hour = minute = second = -1
    if clock is not None:
        hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        line = f"{line[: clock.start()]} {line[clock.end() :]}"
    half = ""
    for token in _TOKEN.findall(line.lower()):
        if token.isdecimal():
            number = int(token)
            if len(token) == 4 and not year:
                year = number
            elif len(token) <= 2 and not day:
                day = number
            else:
                return None
        elif token in _AM or token in _PM:
            half = "p" if token in _PM else "a"
        elif not month and token in _MONTHS:
            month = _MONTHS[token]
        elif token not in _BESIDE and token not in ".,·|" and not (day and token in ("st", "nd", "rd", "th")):
            return None
    if not (year and month and day):
        return None
    if hour < 0:
        moment = _iso(year, month, day, 0, 0, 0)
        return moment[:10] if moment else None
    return _iso(year, month, day, _hour(hour, half == "p") if half else hour, minute, second)


def _ordered(one: str, mark: str, two: str, three: str, day_first: bool | None) -> tuple[int, int, int] | None:
    """Year, month and day of three numbers: dots are day first everywhere, slashes and hyphens are not."""
    a, b, c = int(one), int(two), int(three)
    if len(one) == 4:
        return a, b, c
    if len(one) > 2 or len(three) == 3:
        return None
    year = c if len(three) == 4 else 2000 + c
    if mark == "." or a > 12 or day_first is True:
        return year, b, a
    if b > 12 or day_first is False:
        return year, a, b
    return (year, a, b) if a == b else None


def _hour(hour: int, afternoon: bool) -> int:
    """The hour of 24 from one of 12; an hour over 12 stands as it is, whatever is written after it."""
    return hour if hour > 12 else hour % 12 + (12 if afternoon else 0)


def _iso(year: int, month: int, day: int, hour: int, minute: int, second: int) -> str | None:
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment.isoformat() if 1900 <= year <= 2100 else None


_LIKE = re.compile(r"(?=.*(?<!\d)(?:19|20)\d\d(?!\d)).*(?<!\d)\d{1,2}[:.]\d\d(?!\d)")


def looks_dated(text: str) -> bool:
    """Whether a value that `from_page` could not read has a year and a time of day in it, as a date has."""
    return len(text) <= 40 and _LIKE.match(text) is not None


def order_in(head: bytes) -> bool | None:
    """Whether dates of numbers and slashes in the beginning of a page put the day first; None when none says so."""
    for m in _SLASHED.finditer(head):
        if int(m[1]) > 12 >= int(m[2]):
            return True
        if int(m[2]) > 12 >= int(m[1]):
            return False
    return None
