"""Choose the Russian and the Kazakh name among the alternate names of GeoNames.

GeoNames ships alternates without a language here, so the script has to tell.  A name is
taken only where letters and sound agree; otherwise the English name stands: better a
fallback than a wrong name.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

RUSSIAN = re.compile(r"[А-ЯЁ][А-ЯЁа-яё\- ]*")
KAZAKH = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮІ][а-яёәғқңөұүіА-ЯӘҒҚҢӨҰҮІ\- ]*")
KAZAKH_LETTER = re.compile(r"[әғқңөұүіӘҒҚҢӨҰҮІ]")
# Ukrainian shares і with Kazakh; these endings tell it apart.
UKRAINIAN_ENDING = ("ськ", "цьк", "но")
# A letter that no Russian word has after a consonant: a slip for ы.
SLIP = re.compile(r"[бвгджзклмнпрстфхцчшщ]й")
ALIKE = 0.6  # least likeness of a transliteration to the English name

LATIN = dict(
    zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүі",
        ["a", "b", "v", "g", "d", "e", "yo", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p",
         "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
         "a", "g", "q", "ng", "o", "u", "u", "i"], strict=True)
)  # fmt: skip


def choose_russian(name_en: str, alternates: Iterable[str]) -> str:
    """Choose the Russian form of a name, or the English one where none is plain."""
    fit = [a for a in alternates if RUSSIAN.fullmatch(a) and not SLIP.search(a)]
    return _most_alike(name_en, fit)


def choose_kazakh(name_en: str, alternates: Iterable[str]) -> str:
    """Choose the Kazakh form of a name, or the English one where none is plain."""
    fit = [a for a in alternates if KAZAKH.fullmatch(a) and KAZAKH_LETTER.search(a)]
    return _most_alike(name_en, [a for a in fit if not a.endswith(UKRAINIAN_ENDING)])


def _most_alike(name_en: str, candidates: list[str]) -> str:
    """Take the candidate that sounds most like the English name, if it does at all."""
    best = max(sorted(candidates), key=lambda name: _likeness(name_en, name), default=name_en)
    return best if _likeness(name_en, best) >= ALIKE else name_en


def _likeness(name_en: str, name: str) -> float:
    """Compare two names by sound, from 0 to 1."""
    latin = "".join(LATIN.get(letter, letter) for letter in name.lower())
    return SequenceMatcher(None, _plain(name_en), _plain(latin)).ratio()


def _plain(name: str) -> str:
    """Write Latin letters as one sound, whatever the system of transliteration."""
    folded = name.lower().translate(str.maketrans("qäīūöüéëı", "kaiuouei" + "i"))
    return re.sub(r"[^a-z]", "", folded.replace("j", "zh").replace("gh", "g"))
