"""Words around a name: those of asking, which say nothing of who, and ordinary ones, which are nobody's name."""

from phonebot.domain.name.text import word_set
from phonebot.domain.titles import TITLES

ASKING = word_set(
    "no nope nah said mean meant rather a an the please thanks thank you cheers ta hello hi hey hiya good morning "
    "afternoon evening day um uh er erm hm ah oh well so ok okay yes yeah yep yup sure right not can could may "
    "might must will would should shall i id ill im we wed be is its it was that thats this there here in on to at "
    "of for from with by me us and like want need wish love prefer have get got put let give do does today now "
    "actually maybe perhaps just if possible speak speaking talk talking chat word quick through connect transfer "
    "pass over onto across looking trying try reach find contact call calling ring ringing phone phoning dial ask "
    "asking after message leave someone somebody anyone anybody named called name surname first last second family "
    "line extension voicemail mailbox desk mr mrs ms miss mx dr doctor sir madam mister missus hold hoping "
    "wondering whether person lady gentleman man woman guy bloke chap one sorry come available around about free "
    "office back direct straight either ideally whoever deals"
)
"""Words that may stand around a name and leave it as sure as it was."""

TEAM_WORDS = word_set(
    "people team teams department departments dept desk office guys lot folks section crew staff group unit "
    "division side somebody someone anyone anybody who whoever member person one ones"
)
"""Words said with the name of a team; all but the name of the team itself."""

ORDINARY = word_set(
    "else other another solicitor i me my mine you your yours he him his she her hers it its we us our they them "
    "their who whom whose what which this that these those there here where when why how am is are was were be been "
    "being do does did done have has had having will would shall should can could may might must ought not no nor "
    "yes yeah and or but if because as until while of at by for with about against between into through during "
    "before after above below to from up down in out on off over under again further then once all any both each "
    "few more most some such only own same so than too very just now dont didnt doesnt cant couldnt wont wouldnt "
    "isnt wasnt arent im ive id ill youre theyre hes shes thats whats whos lets hello hi hey bye goodbye please "
    "thanks thank sorry pardon excuse okay ok know knows knew think thinks thought mean means say says said tell "
    "tells told see sees saw seen look looks hear heard go goes going gone went come comes came get gets got take "
    "takes took make makes made want wants wanted need needs give gives gave find found ask asks asked try tries "
    "tried leave left call calls called calling ring rang speak spoke talk talked put wait waiting hold help send "
    "sent pay paid bought buy sell sold work works working today tomorrow yesterday morning afternoon evening night "
    "day days week weeks month months year time times hour monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december invoice invoices bill bills "
    "order orders number numbers letter letters email address account accounts money payment payments delivery "
    "appointment business company office department team people person man woman somebody someone anybody anyone "
    "everybody everyone nobody nothing something anything thing things question questions problem wrong right good "
    "bad new old big small long short little great nice fine sure last first next second third one two three four "
    "five six seven eight nine ten zero hundred thousand way back away still already never always ever maybe "
    "perhaps really actually well much many lot lots bit message phone line machine robot real human name names "
    "hang open closed late early soon quick quickly hung matter mother father wife husband son daughter brother "
    "sister friend boss manager owner house home car job accountant hurry idea clue whoever whatever mind care "
    "doing happening afraid fault mistake price cost hot cold white black green brown grey red blue young king "
    "queen page read write law shop door room food water paper book card cards check mark grant rose hope joy faith "
    "art frank sue pat rob dawn hall hill wood field stone bird fish fox west north south east knight cook baker "
    "miller carter mason park parks banks wells rice bean berry best case chance cash china cross drew bob jack ray "
    "max win shoe war pain hurt mad sad dad mum mom hard heavy light half hole hell holy bell ball full fill feel "
    "fall tall deal meal somewhere sometimes since without within bank power head hand"
) - word_set("bob jack ray max heart dad sue pat rob drew")
"""Ordinary words, never taken for a name by their sound; a name so written ("Will", "May") counts by itself only."""

VERBAL = word_set("i you we he she they it be have not that this there the a an my your his her anyone somebody")
"""What follows "will" and "may" where they are no name: "will you", "may I"."""

DETERMINERS = word_set("i you we they the a an my your our his her their this that these some any no")
"""What stands before an ordinary word that is no name: "the bill", "you may"."""

DEEDS = word_set("sue rob bill pat grant mark chase")
"""Names that are what somebody does to somebody, too."""

BEFORE_A_DEED = word_set("to will ill well gonna would id could can shall must might")
DONE_TO = word_set("you your yourselves them their him her it the this that somebody someone everybody everyone")
"""What stands before and after such a deed: "I will sue you". After the first alone it may be whom they want."""

CUES = (
    "speak to", "speak with", "speaking to", "talk to", "talk with", "talking to", "through to", "onto", "over to",
    "across to", "looking for", "message for", "message with", "calling for", "call for", "ringing for",
    "phoning for", "here for", "ask for", "asking for", "reach", "contact", "get hold of", "hold of",
    "trying to find", "transfer me to", "connect me to", "connect me with", "connect to", "chat with", "chat to",
    "word with", "is that", "is this", "i want", "i need", "id like", "would like", "can i have", "can i get",
    "could i have", "may i have", "give me", "get me", "pass me to", "put me on to", "dial", "call to",
    "calling to", "after", "want to see",
)  # fmt: skip
"""What stands before the name of whom a caller wants."""

ENDS_WHOM = word_set("about regarding because re concerning since")
"""What comes after whom they want."""

OWN_NAME = (
    "my name is", "my names", "this is", "im calling from", "i am calling from", "calling from", "ringing from",
    "phoning from", "i am", "im", "my surname is", "my first name is", "speaking on behalf of",
)  # fmt: skip
"""What stands before the caller's own name or business."""

AROUND = word_set("please thanks thank you hello hi hey um uh er yes is there in for the to today") | TITLES
"""Words that may stand around a name that is an ordinary word too, and leave it a name: "is Grant there"."""

SIGHS = word_set("oh so ah er um well right okay ok yes no please hello hi know see")
"""Names that alone are rather a sigh or a courtesy."""
