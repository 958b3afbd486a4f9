"""What stands to the left of a commitment: who makes it, and whether it is denied, asked about or merely wished for."""

from phonebot.domain.promise.lexicon import ADVERBS
from phonebot.domain.promise.words import COMMA, STOP, Words, word_set

BE_NOW = frozenset(("am", "is", "are", "'s"))
WILL = word_set("will shall can could may might must should would")
_RESETS = frozenset((STOP, "but", "so", "however", "although", "though", "because", "otherwise"))
_NOBODY = frozenset(("nobody", "none", "neither", "nor"))
_THE_CALLER = frozenset(("you", "caller", "callers", "yourself", "whoever"))
_THINGS_THAT_RING = frozenset(("bell", "phone", "telephone", "alarm", "tone", "line", "machine", "phones"))
_DENIALS = word_set(
    "not never nobody no none without unable unsure hard impossible difficult too early rather unlikely "
    "uncertain unclear instead doubt nor"
)
_OPINIONS = word_set(
    "promise promised promising guarantee guaranteed say saying said know known think tell sure certain expect "
    "believe swear commit idea clear mean likely possible unsure unlikely uncertain unclear doubt suggest "
    "suggesting imagine claim impossible way assume point"
)
_QUESTION_WORDS = word_set("when whether if where what which how why whom")
_ENDED = frozenset(("is", "are", "'s", "was", "am"))
_PRONOUNS = word_set("i we he she they it somebody someone anybody anyone one")
_DETERMINERS = word_set("the a an our your my her his their any some this that one of us another all")
_ASKED_FOR = word_set("number time day hour way numbers times days address")
_WISHES = word_set(
    "asked ask want wanted wants prefer preferred rather wish wished requested request suggest suggested like "
    "said say told thought think mentioned understood heard hoped expected"
)
_PAST_VERBS = frozenset(("did", "do", "does", "have", "has", "had"))
_AUXILIARIES = WILL | _PAST_VERBS


def before(words: Words, index: int) -> int:
    """The index of the nearest word to the left that is neither an adverb nor a comma around one."""
    place = index - 1
    while place >= 0 and place > index - 7 and words.at(place) in ADVERBS:
        place -= 1
    if words.at(place) == COMMA and words.at(place + 1) in ADVERBS:
        place -= 1
    return place


def clause(words: Words, index: int, reach: int = 12) -> tuple[str, ...]:
    """Up to `reach` words to the left, back to the end of a sentence, a "but", or a comma that opens a new clause."""
    found: list[str] = []
    for place in range(index - 1, max(-1, index - 1 - reach), -1):
        word = words.at(place)
        if word in _RESETS:
            break
        if word == COMMA and words.at(place + 1) not in _QUESTION_WORDS | {"that", "or", "who"}:
            break
        found.append(word)
    return tuple(reversed(found))


def is_clause_start(words: Words, index: int) -> bool:
    """Whether nothing stands before that word in its clause but "and", "please" or an adverb."""
    place = before(words, index)
    return words.at(place) in {STOP, COMMA, "and", "but", "so", "then", "or", "please", "thanks"}


def is_office(words: Words, verb: int) -> bool:
    """Whether whoever acts in the verb at that index acts for the office: not the caller, not nobody, not a bell."""
    place = before(words, verb)
    subject = words.at(place)
    if subject in {"all", "both"}:
        subject = words.at(place - 1)
    if subject in _THE_CALLER or subject in _THINGS_THAT_RING:
        return False
    if subject == "who" and words.at(place - 1) in _THE_CALLER | {"anyone", "anybody", "those", "people", "person"}:
        return False
    if subject in {"i", "we", "he", "she", "they"}:
        return words.at(place - 1) not in {"nor", "neither"}
    left = clause(words, verb, 7)
    for distance, word in enumerate(reversed(left)):
        if word == "and":
            break
        if word in _NOBODY or (word == "no" and distance <= 3):
            return False
    return True


def is_opaque(words: Words, verb: int) -> bool:
    """Whether the clause only denies, asks about or wishes for what follows: "I can't say when", "you asked that"."""
    left = clause(words, verb)
    return _is_denied(left) or _is_asked(left) or _is_wished(left)


def _is_denied(left: tuple[str, ...]) -> bool:
    denial = next((place for place, word in enumerate(left) if word in _DENIALS), None)
    if denial is None:
        return False
    opinion = next((place for place in range(denial, len(left)) if left[place] in _OPINIONS), None)
    if opinion is None:
        return False
    # "I don't know where she is I'll ring you": a recogniser writes no full stop, but the clause has had its verb.
    return not (_ENDED & set(left[opinion + 1 : -1]) and left[-1] in _PRONOUNS and "that" not in left[opinion:])


def _is_asked(left: tuple[str, ...]) -> bool:
    """An indirect question: a question word, at most "time" or "soon", then at once who would act."""
    for place in range(len(left) - 1, max(-1, len(left) - 7), -1):
        word = left[place]
        if word in _QUESTION_WORDS:
            # ", when somebody will call you" tells, and only without its comma does it ask.
            if place and left[place - 1] == COMMA:
                return False
            subject = left[place + 1 :]
            if word in {"what", "which", "how"} and len(subject) > 1:
                subject = subject[1:]
            return _is_one_noun_phrase(subject)
        if word in _ASKED_FOR and _is_one_noun_phrase(left[place + 1 :]):
            return True
    return False


def _is_one_noun_phrase(subject: tuple[str, ...]) -> bool:
    core = tuple(word for word in subject if word not in ADVERBS)
    if len(core) == 1:
        return True
    if not 2 <= len(core) <= 4 or core[-1] in _PRONOUNS:
        return False
    return core[0] in _DETERMINERS or (core[0] in _PRONOUNS and core[1] in {"from", "of", "in", "at", "else"})


def _is_wished(left: tuple[str, ...]) -> bool:
    for place, word in enumerate(left):
        # "If you like" and "as you asked" only say on what terms; "you asked that" is the wish itself.
        if place and left[place - 1] in {"if", "as", "since", "because", "unless", "told", "tell"}:
            continue
        if word == "you" and any(later in _WISHES for later in left[place + 1 : place + 4]):
            wish = next(at for at in range(place + 1, len(left)) if left[at] in _WISHES)
            return len(left) - wish <= 5 and COMMA not in left[wish:]
    return False


def is_inverted(words: Words, subject: int) -> bool:
    """Whether the subject at that index follows its helping verb, as a question's does, or hangs on "to" or "if"."""
    return words.at(subject - 1) in _AUXILIARIES | {"to", "if", "unless", "rather", "not", "who"}


def has(words: Words, index: int, wanted: frozenset[str], reach: int = 8) -> bool:
    """Whether any of those words stands in the clause to the left."""
    return any(word in wanted for word in clause(words, index, reach))
