"""The words that lead to a name, end one, or show that there is none."""

from phonebot.dialog.word_list import phrases, words

LEAD_INS = (
    phrases(
        "my name is, my name's, my names, my name, the name is, the name's, name is, name's, names, my name was, "
        "you can call me, they call me, i'm called, i am called, it's called, my full name is, name",
        "speaking to, talking to, tell her it's, tell him it's, surname is, first name is",
    ),
    phrases(
        "this is, it's, it is, its, i'm, i am, im, that's, that is, that'll be, that will be, here is, here's",
        "you're speaking to, you are speaking to, you're speaking with, you're talking to, this's, tis",
    ),
)
"""Words that lead to a name, the surest first."""

NAME_PARTS = (
    (("first", "name"), ("christian", "name"), ("given", "name"), ("forename",)),
    (("surname",), ("last", "name"), ("second", "name"), ("family", "name")),
)
"""What the parts of a name are called: the first, and the last."""

ABOUT_SPELLING = words("i you i'd it's it its that's that is you'd spell spelled spelt write written so yes and with")
"""Words that may stand around a name that is only spelled."""

FROM = phrases(
    "from, at, of, with, on behalf of, here from, calling from, ringing from, phoning from, speaking from, over at",
    "here at, down at, based at, i'm from, i am from, i'm with, i'm at, i work for, i work at, representing",
    "calling on behalf of, ringing on behalf of, here with, here of, calling for, ringing for",
) - phrases("calling for, ringing for")
ABOUT = phrases(
    "about, regarding, concerning, re, to do with, with regard to, with regards to, in connection with, in regard to",
    "it's about, calling about, ringing about, phoning about, to ask about, to talk about, in relation to, to discuss",
    "in regards to, in reference to, with reference to, because of",
)

ENDS_A_NAME = words(
    "calling ringing phoning speaking here again please thanks thank cheers i i'm i've i'd i'll im my we we're",
    "we've our could can would should who whom which but because cos number on just trying hoping wondering",
    "returning is was has have are were be do does did it's its if to not for over wants need needs want",
    "called rang phoned says said you your me us without",
)
VERBS = words("is was has have are were does did needs wants should be do to")
"""Where one of these ends it, what came before was no name but the subject of a sentence: "the invoice was wrong"."""

NEVER_A_NAME = words(
    "i i'm i've i'd i'll im my me we we're we've our us you you're your he she they it he's she's they're that's",
    "this that these those what who where when why how which whose not never nothing nobody none somebody someone",
    "because if speak put give get let tell ask call ring calling ringing phoning speaking about regarding",
    "concerning am are does did isn't don't doesn't can't couldn't would could should a an press help leave",
    "extension anonymous guess transfer connect operator who's what's where's how's there's there to too pardon excuse",
) - {"ring"}
"""What no name begins with, unless words such as "my name is" lead to it."""

NO_SUBJECT_OF_A_NAME = NEVER_A_NAME | words(
    "just urgent important about for to in on at from with trying looking hoping wondering returning after",
    "interested sorry afraid fine okay ok good so very really only still also actually private personal none me",
    "here again now all right correct wrong no yes over under",
) - {"just", "so"}
"""What no name begins with even after "it's" or "I'm": "I'm calling about…", "it's not…"."""

STARTS_A_QUESTION = phrases(
    "can you, can i, can we, can somebody, can someone, can anybody, is, do you, do i",
    "have you, have i, has, will you, will he, will she, will it, will there, will somebody, may i, may we, was, did",
    "any chance, any news, none of your, never mind, doesn't matter, none of, anyone there, want to, need to, the same",
    "go back, start again, start over, go away, hang on, hold on",
    "no thank, no comment, rather not, prefer not, looking for, trying to, hoping to, return, nobody, it doesn't, have",
)

WHOSE = words("your my her his their our a an")

RELATIONS = words(
    "mother mum mom father dad sister brother wife husband son daughter partner friend neighbour neighbor",
    "assistant secretary carer boss landlord landlady accountant lawyer solicitor doctor aunt uncle cousin",
    "grandson granddaughter niece nephew colleague tenant client patient customer senior junior jr sr esquire",
)
