"""Which words sound alike."""

import pytest

from phonebot.domain.name.nickname import Usual, also_called
from phonebot.domain.name.sound import Likeness, likeness

ALIKE = (
    "hart heart,smith smyth,cohen coen,cohen cone,hughes hews,wright right,knight night,leigh lee,reid reed,reid read,"
    "stephen steven,catherine kathryn,phillips philips,clark clarke,brown browne,geoff jeff,jon john,allan alan,"
    "mackenzie mckenzie,mcdonald macdonald,muller mueller,meyer maier,nowak novak,kowalski kovalski,gonzalez gonzales,"
    "yusuf yousef,zoe zoey,chloe cloe,rhys reese,gallagher gallaher,vaughan vaughn,thomson thompson,stuart stewart,"
    "hayes hays,white wight,lindsay lindsey,bryan brian,anthony antony,singh sing,zhang jang,muhammad mohammed"
)
UNLIKE = (
    "tom tim,tom dom,anna anne,maria marie,john jean,miller muller,marsh march,daniel danielle,simon simone,paul paula,"
    "carl carla,grant grand,kate gate,young yang,hill hall,burton barton,dean dan,kelly kylie,helen ellen,ford fred,"
    "cohen collins,hart hartley,davis davidson,walker wilkes,sue sam"
)


@pytest.mark.parametrize("pair", ALIKE.split(","))
def test_words_that_sound_alike_are_alike_however_they_are_written(pair: str) -> None:
    heard, name = pair.split()
    assert likeness(heard, name) >= Likeness.LIKE


@pytest.mark.parametrize("pair", UNLIKE.split(","))
def test_words_that_differ_to_the_ear_are_to_be_asked_about_at_most(pair: str) -> None:
    heard, name = pair.split()
    assert likeness(heard, name) <= Likeness.NEAR
    assert likeness(name, heard) <= Likeness.NEAR


@pytest.mark.parametrize(
    ("short", "name"),
    [("bob", "robert"), ("liz", "elizabeth"), ("kate", "katherine"), ("tom", "thomas"), ("tony", "anthony")],
)
def test_short_forms_go_both_ways(short: str, name: str) -> None:
    assert also_called(name)[short] is Usual.USUAL
    assert also_called(short)[name] is Usual.USUAL


@pytest.mark.parametrize(("one", "other"), [("susan", "hannah"), ("john", "ian"), ("danielle", "daniel")])
def test_names_of_their_own_are_no_usual_short_form(one: str, other: str) -> None:
    assert also_called(one).get(other, Usual.SELDOM) is Usual.SELDOM
