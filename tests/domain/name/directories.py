"""Directories that callers are heard against: a small office, one where names sound alike, and one of many tongues."""

from phonebot.domain.office import Person


def _people(*people: Person) -> dict[str, Person]:
    return {person.id: person for person in people}


OFFICE = _people(
    Person("sue", "Sue Cohen", known_as=("Susie",), pronounced=("cone",), team="accounts"),
    Person("hart", "Tom Hart", team="sales"),
    Person("hartley", "Tom Hartley", team="accounts"),
    Person("bob", "Robert O'Brien", team="sales"),
    Person("liz", "Elizabeth van der Berg", team="customer service"),
    Person("kate", "Catherine Müller"),
    Person("will", "Will Grant", team="accounts"),
    Person("priya", "Priya Patel", team="customer service"),
    Person("mcd", "Fiona McDonald", known_as=("Fi",)),
    Person("jones", "Anne-Marie Smith-Jones"),
    Person("james", "James Wright"),
    Person("dave", "David Hughes", team="warehouse"),
)
ALIKE = _people(
    Person("smith", "John Smith"),
    Person("smyth", "Jon Smyth"),
    Person("smythe", "Sarah Smythe"),
    Person("reid", "Stephen Reid", team="sales"),
    Person("read", "Steven Read", team="IT"),
    Person("lee", "Karen Lee"),
    Person("leigh", "Graham Leigh"),
    Person("james", "James Martin"),
    Person("martin", "Martin James"),
    Person("daniel", "Daniel Clarke"),
    Person("danielle", "Danielle Clark"),
    Person("chris1", "Christopher Bell"),
    Person("chris2", "Christine Ball"),
    Person("alex1", "Alexander Young"),
    Person("alex2", "Alex Pearce"),
)
TONGUES = _people(
    Person("nguyen", "Linh Nguyen", pronounced=("win",)),
    Person("siobhan", "Siobhan Gallagher", pronounced=("shivawn",)),
    Person("xiu", "Xiu Zhang", pronounced=("shoe", "shyou jang")),
    Person("mohammed", "Mohammed Al-Rashid", known_as=("Mo",)),
    Person("oluwaseun", "Oluwaseun Adeyemi", known_as=("Seun",)),
    Person("wojcik", "Agnieszka Wójcik", pronounced=("voychick",)),
    Person("garcia", "José García Márquez"),
    Person("singh", "Harpreet Singh"),
    Person("niamh", "Niamh O'Sullivan", pronounced=("neev",)),
    Person("bjork", "Björn Ødegård"),
    Person("rao", "Venkateswara Rao", known_as=("Venky",)),
    Person("schmidt", "Jürgen Schmidt"),
    Person("kowalski", "Piotr Kowalski"),
    Person("dubois", "François Dubois"),
)
