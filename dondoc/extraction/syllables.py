"""Whether a word could be a Vietnamese syllable: what tells one old encoding from another."""

import re
import unicodedata
from functools import lru_cache

_INITIALS = "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu y yêm yên yêng yêt yêu yt ynh ych
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc
oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uâ uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên
uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
"""
_SYLLABLE = re.compile(f"(?:{'|'.join(_INITIALS.split())})?(?P<rhyme>{'|'.join(_RHYMES.split())})")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ACUTE, _DOT = "\u0301", "\u0323"
_STOPPED = ("c", "ch", "p", "t")
_BETWEEN = re.compile(r"[\s!-@\[-`{-~“”‘’–—…•]+")
MOST_JUDGED = 4000


@lru_cache(maxsize=20_000)
def possible(word: str) -> bool:
    """A syllable as it is spelt: initial, rhyme, and after a stop only the two tones it can bear."""
    marks = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", marks.translate(_TONES))
    found = _SYLLABLE.fullmatch(toneless)
    if found is None:
        return False
    tones = [mark for mark in marks if ord(mark) in _TONES]
    if len(tones) > 1:
        return False
    # "của" has it, "cuă" has not; an open or nasal end bears any tone, a stopped one only these.
    return not found["rhyme"].endswith(_STOPPED) or tones in ([_ACUTE], [_DOT])


def telling(text: str) -> list[str]:
    """The words that tell something about the encoding: those with a letter beyond ASCII."""
    words = []
    for word in _BETWEEN.split(unicodedata.normalize("NFC", text)):
        if word and not word.isascii():
            words.append(word)
            if len(words) == MOST_JUDGED:
                break
    return words


def likely(text: str) -> int:
    """How many of the telling words are possible."""
    return sum(map(possible, telling(text)))
