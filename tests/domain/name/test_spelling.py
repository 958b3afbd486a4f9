"""Names spelled out in the manners in which people spell and recognisers write."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.name import Spelled, spelled_out

SPELLED = {
    "S M Y T H E": "Smythe",
    "s m y t h e": "Smythe",
    "S, M, Y, T, H, E.": "Smythe",
    "S. M. Y. T. H. E.": "Smythe",
    "S-M-Y-T-H-E": "Smythe",
    "S.M.Y.T.H.E.": "Smythe",
    "S for sugar M for mother Y for yellow T for Tommy H for Harry E for Edward": "Smythe",
    "S for sugar, M for mother, Y T H E": "Smythe",
    "S as in Sam, M as in Mary, Y, T, H, E": "Smythe",
    "S like sugar M like mother Y T H": "Smyth",
    "F as in Sam M I T H": "Smith",
    "see for Charlie O for orange H E N": "Cohen",
    "Sierra Mike Yankee Tango Hotel Echo": "Smythe",
    "Smith, S M Y T H E": "Smythe",
    "Smith. S M I T H": "Smith",
    "Julie Smith, that's S M Y T H E": "Julie Smythe",
    "Julie Smith, that's S M Y T H E, from Hartwell Dental": "Julie Smythe, from Hartwell Dental",
    "julie smith s m y t h e from hartwell dental": "julie Smythe from hartwell dental",
    "my surname is spelled S M Y T H E": "my surname is Smythe",
    "Julie Smith spelt S M Y T H E about the invoice": "Julie Smythe about the invoice",
    "Julie, J U L I E, Smith": "Julie, Smith",
    "Julie J U L I E Smythe S M Y T H E": "Julie Smythe",
    "Julie Smith J U L I E S M Y T H E": "Julie Smythe",
    "J U L I E new word S M Y T H E": "Julie Smythe",
    "V A N space D E R space B E R G": "Van Der Berg",
    "H A double L": "Hall",
    "L double E": "Lee",
    "L E double N O X": "Lennox",
    "triple S M I": "Sssmi",
    "M C capital D O N A L D": "McDonald",
    "capital C O H E N": "Cohen",
    "O apostrophe B R I E N": "O'Brien",
    "S M I T H hyphen J O N E S": "Smith-Jones",
    "S M I T H dash J O N E S": "Smith-Jones",
    "zed O E": "Zoe",
    "zee oh ee": "Zoe",
    "haitch A R T": "Hart",
    "aitch U G aitch E S": "Hughes",
    "see oh aitch E N": "Cohen",
    "ess em eye tee aitch": "Smith",
    "jay oh N E S": "Jones",
    "B R oh double you N": "Brown",
    "B are A D Y": "Brady",
    "double you A R D": "Ward",
    "K A why E": "Kaye",
    "N G you why E N": "Nguyen",
    "X I U": "Xiu",
    "M A R I A from Hartwell": "Maria from Hartwell",
    "S M I T H I want to complain": "Smith I want to complain",
    "S M I T H a plumber": "Smith a plumber",
    "S M I T H are you there": "Smith are you there",
    "are you S M I T H": "are you Smith",
    "Julie Smythe S M Y T H E not S M I T H": "Julie Smythe",
    "S um M I T then H": "Smith",
    "Mike Smith, S M I T H": "Mike Smith",
    "I'm calling from B B C": "I'm calling from BBC",
    "from I B M": "from IBM",
    "S M Y T H E Smythe": "Smythe",
    "P for Peter A T E L please": "Patel please",
    "O'Brien, O B R I E N": "O'Brien",
    "it's Rob O’Brien, that's O B R I E N, from Acme": "it's Rob O’Brien, from Acme",
    "rob o'brien o b r i e n": "rob O'Brien",
    "O' Brien, O B R I E N": "O'Brien",
    "O'Brien, O capital B R I E N": "O'Brien",
    "O'Brian, O B R I E N": "O'Brien",
    "D'Arcy, D A R C Y": "D'Arcy",
    "Smith-Johns, S M I T H J O N E S": "Smith-Jones",
    "Smith Jones, S M I T H J O N E S": "Smith Jones",
    "SMITH S M I T H": "Smith",
    "Smith-Jones, S M I T H J O N E S": "Smith-Jones",
    "Smith-Jones, S M I T H space J O N E S": "Smith Jones",
    "Anne-Marie, A N N E M A R I E Duff": "Anne-Marie Duff",
    "from BBC, B B C": "from BBC",
    "Dr. Ng, that's N G": "Dr. Ng",
    "Dr. Ng, N G, about a bill": "Dr. Ng, about a bill",
    "Jo, J O": "Jo",
    "Mr Li, spelled L I": "Mr Li",
    "ess em wye tee aitch ee": "Smythe",
    "see oh aitch ee en": "Cohen",
    "Mac Donald, M C D O N A L D": "McDonald",
    "Fiona Mac Donald, M C D O N A L D": "Fiona McDonald",
    "Mc Donald M C D O N A L D": "McDonald",
    "MacDonald, M A C D O N A L D": "MacDonald",
    "ess you ee": "Sue",
    "ess you ay": "Sua",
    "es em eye tee aitch": "Smith",
    "tee oh em": "Tom",
    "J U L I E, S M I T H": "Julie Smith",
    "O B R, I E N": "Obrien",
}
NOT_SPELLED = (
    "",
    " ",
    "Julie Smith",
    "J B Smith",
    "I am a plumber",
    "why are you asking",
    "see you",
    "oh I see",
    "a B and B",
    "the R and D team",
    "A for effort",
    "I for one",
    "plan B",
    "double glazing",
    "Charlie",
    "Mike Oscar",
    "it's Juliet",
    "call me at 5",
    "my registration is B D 5 1 S M",
    "we are in a hurry",
    "tea for two",
    "you are why I am here",
    "Anne-Marie",
    "e.g. tomorrow",
    "0 7 7 0 0",
    "李明",
    "Julie Smith, T V",
    "it's on T V",
    "eek, a mouse",
    "a twenty-four hour plumber",
    "Dee or Kay",
    "Jay are you there",
)


@pytest.mark.parametrize(("said", "written"), SPELLED.items())
def test_letters_are_written_as_the_word_they_spell_in_its_place(said: str, written: str) -> None:
    assert spelled_out(said).text == written


@pytest.mark.parametrize("said", NOT_SPELLED)
def test_words_and_initials_are_no_spelling(said: str) -> None:
    assert spelled_out(said) == Spelled(said)


def test_what_is_spelled_is_told_with_the_whole_of_what_was_said() -> None:
    assert spelled_out("it's Julie Smith, that's S M Y T H E, from Hartwell") == Spelled(
        "it's Julie Smythe, from Hartwell", ("Smythe",)
    )


NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12).filter(lambda name: name[0] not in "ai")


@given(NAMES, st.sampled_from([" ", ", ", "-", ". "]))
def test_any_name_spelled_plainly_is_written(name: str, between: str) -> None:
    spelled = spelled_out(between.join(name.upper())).words
    assert "".join(spelled).casefold() == name


@given(NAMES)
def test_any_name_spelled_with_a_word_for_each_letter_is_written(name: str) -> None:
    said = ", ".join(f"{letter} for {letter}ellow" for letter in name)
    assert "".join(spelled_out(said).words).casefold() == name


@given(st.text(max_size=300))
def test_any_text_is_read_for_letters_and_keeps_its_words_if_it_has_none(text: str) -> None:
    spelled = spelled_out(text)
    assert spelled.words or spelled.text == text


@pytest.mark.parametrize(
    "unit",
    [
        "s ",
        "S-",
        "see ",
        "a ",
        "double ",
        "S for ",
        "hyphen ",
        "x",
        "- ",
        "not S M I T H ",
        "a a ",
        "i ",
        "oh ",
        "see are you ",
    ],
)
def test_ten_thousand_characters_take_no_longer_than_a_moment(unit: str) -> None:
    begun = time.process_time()
    spelled_out(unit * (10_000 // len(unit)))
    assert time.process_time() - begun < 0.1
