"""What callers said as recognisers wrote it, and whom they mean: =sure, ?to be asked, a/b a choice, - nobody."""

from phonebot.domain.name import Found
from phonebot.domain.office import Person
from tests.domain.name.directories import ALIKE, OFFICE, TONGUES

IN_THE_OFFICE = """
Sue =sue
sue =sue
SUE COHEN =sue
Sue Cone =sue
Sue Cohen =sue
Soo Cohen =sue
Su Cone =sue
Sue Kohn =sue
Sue Coen =sue
Susie =sue
Suzie Cohen =sue
Susan =sue
Susan Cohen =sue
can I speak to Susan Cohen please =sue
could you put me through to Sue =sue
Um, I'd like to speak to Sue Cohen, please. =sue
Is Sue there? =sue
is that sue =sue
it's Sue I want =sue
hi there, I'm looking for Sue Cohen =sue
I was wondering if I could talk to Sue =sue
Mrs Cohen =sue
Miss Cone please =sue
C O H E N =sue
C-O-H-E-N =sue
c o h e n =sue
see O H E N =sue
C. O. H. E. N. =sue
it's Cohen, C for Charlie, O for orange, H E N =sue
Charlie Oscar Hotel Echo November =sue
S U E =sue
Sue C O H E N =sue
S U E C O H E N =sue
C O H ?sue
C O E N ?sue
Sue Miller ?sue
Sue Colon ?sue
Sue Cohen about the invoice =sue
Can I leave a message for Sue about invoice 4417 =sue
my name is Julie and I'd like to speak to Sue Cohen =sue
This is Julie Smith calling for Sue Cohen =sue
Hi it's Julie here for Sue =sue
Tom hart/hartley
tom please hart/hartley
Thomas hart/hartley
Tommy hart/hartley
the other Tom hart/hartley
Tom Hart =hart
Tom Heart =hart
Thomas Hart =hart
Tom Hartt =hart
tom hart in sales =hart
Mr Hart =hart
Heart =hart
Hart =hart
Tom Hartley =hartley
Tom Heartly =hartley
tom heart lee =hartley
Hartley =hartley
Hart Lee =hartley
T Hartley =hartley
Tom in accounts =hartley
Tom from sales =hart
not Tom Hart, Tom Hartley =hartley
Tim Hart ?hart
H A R T =hart
H A R T L E Y =hartley
Tom H A R T =hart
Bob =bob
Robert =bob
Rob O'Brien =bob
Bob O'Brien =bob
Bobby =bob
obrien =bob
Mr O'Bryan =bob
Oh Brian =bob
O apostrophe B R I E N =bob
O B R I E N =bob
Liz =liz
Lizzie =liz
Beth =liz
Elisabeth =liz
Elizabeth van der Berg =liz
Liz Vanderberg =liz
van der berg =liz
Mrs Vanderburg =liz
Berg =liz
Liz Berg =liz
Kate =kate
Katherine =kate
Kathryn Muller =kate
Catherine Mueller =kate
Cathy Müller =kate
Kate Miller ?kate
M U E L L E R =kate
Will =will
Will Grant =will
Bill Grant =will
is Will in today =will
William =will
Mr Grant =will
Priya =priya
Preya Patel =priya
Patel =priya
P A T E L =priya
P for Peter A T E L =priya
Fiona =mcd
Fi =mcd
Fiona MacDonald =mcd
Mick Donald ?mcd
Mrs McDonald =mcd
Anne Marie =jones
Ann-Marie Smith Jones =jones
Smith Jones =jones
Mrs Smith =jones
Anne-Marie Jones =jones
James =james
Jim Right =james
Jimmy Wright =james
James Rite =james
Dave =dave
David Hews =dave
Dave Hues =dave
Mr Hughes =dave
Mr Huge -
the accounts people sue/hartley/will
accounts sue/hartley/will
accounts department please sue/hartley/will
someone in accounts sue/hartley/will
can I speak to somebody in the accounts team sue/hartley/will
accounts please sue/hartley/will
sales hart/bob
the sales department hart/bob
customer service liz/priya
customer services please liz/priya
the warehouse =dave
someone in the warehouse =dave
the invoice was wrong -
I don't know -
yes -
no -
hello -
hello? -
is anybody there -
who is that -
who's that? -
0 7 7 0 0 -
oh seven seven -
Margaret -
Mr Robinson -
Nigel Farquhar -
I will be there tomorrow -
will you call me back -
can I speak to somebody -
I'd like to speak to a person -
what -
sorry? -
pardon -
I can't hear you -
are you a robot -
thank you -
the bill was wrong -
it's about the accounts you sent -
I need an appointment -
um -
well -
one two three -
I'm not sure -
my name is Julie Smith -
hang on a minute -
just a second -
the manager -
never mind -
it doesn't matter -
"""
SOUNDING_ALIKE = """
John Smith smith/smyth
Jon Smyth smith/smyth
Smith smith/smyth
John smith/smyth
Sarah Smythe =smythe
Sara Smith ?smythe
S M Y T H E =smythe
Smith, S M Y T H =smyth
S-M-I-T-H =smith
John, J O N =smyth
Steven Reed reid/read
Steve reid/read
Stephen Reid reid/read
Reid, R E I D =reid
R E A D =read
Mr Read reid/read
Steve in sales =reid
Steve from IT =read
Lee lee/leigh
Karen Lee =lee
Graeme Lee =leigh
L double E =lee
James Martin =james
Martin James =martin
James james/martin
Martin james/martin
Daniel Clark =daniel
Danielle =danielle
Daniel =daniel
Chris chris1/chris2
Chris Bell =chris1
Christine =chris2
Alex alex1/alex2
Alex Young =alex1
Alex Pierce =alex2
Sandy =alex1
Mr Young =alex1
young people -
"""
OF_MANY_TONGUES = """
Win =nguyen
Linh Nguyen =nguyen
Lin Win =nguyen
Lynn Nguyen ?nguyen
Nugyen ?nguyen
N G U Y E N =nguyen
N for November G U Y E N =nguyen
did we win -
Shivawn =siobhan
Siobhan =siobhan
Shivaun Gallagher =siobhan
Chevonne Gallagher ?siobhan
Gallaher =siobhan
Shoe =xiu
Xiu =xiu
Shoe Jang =xiu
Shyou Jang =xiu
Mrs Zhang =xiu
X I U =xiu
Mohammed =mohammed
Muhammad =mohammed
Mo =mohammed
Mo Rashid =mohammed
Mohamed Al Rashid =mohammed
Al Rasheed =mohammed
Seun =oluwaseun
Adeyemi =oluwaseun
Mr Adayemi =oluwaseun
Voychick =wojcik
Agnieszka Wojcik =wojcik
Jose Garcia =garcia
Jose =garcia
Garcia Marquez =garcia
Mr Marquez =garcia
Harpreet =singh
Harprit Sing =singh
Neev =niamh
Neve O'Sullivan =niamh
Niamh Sullivan =niamh
Bjorn =bjork
Venky =rao
Mr Rao =rao
Jurgen Schmidt =schmidt
Juergen =schmidt
Mr Schmitt =schmidt
Kowalski =kowalski
Mr Kovalski =kowalski
Francois =dubois
Mr Duboys =dubois
Dubwa =dubois
Smith -
"""


def lines(table: str, people: tuple[Person, ...]) -> list[tuple[str, tuple[Person, ...], str]]:
    cases = []
    for line in table.strip().splitlines():
        said, verdict = line.rsplit(" ", 1)
        cases.append((said, people, verdict))
    return cases


HEARD = [
    *lines(IN_THE_OFFICE, tuple(OFFICE.values())),
    *lines(SOUNDING_ALIKE, tuple(ALIKE.values())),
    *lines(OF_MANY_TONGUES, tuple(TONGUES.values())),
]


def verdict_of(found: Found) -> str:
    """What was found, as a line of the table says it; a choice in no order."""
    ids = [person.id for person in found.people]
    if len(ids) == 1:
        return ("=" if found.sure else "?") + ids[0]
    return "/".join(sorted(ids)) or "-"


def expected(verdict: str) -> str:
    """The verdict of a line with a choice in no order."""
    return "/".join(sorted(verdict.split("/"))) if "/" in verdict else verdict
