"""The offices in which the later batches were heard."""

from phonebot.domain.office import Person


def _people(*rows: tuple[str, str, tuple[str, ...], tuple[str, ...], str | None]) -> tuple[Person, ...]:
    return tuple(
        Person(person_id, name, known_as=known, pronounced=pronounced, team=team)
        for person_id, name, known, pronounced, team in rows
    )


CLINIC = _people(
    ("rachel", "Rachel Baxter", (), (), "reception"),
    ("mike", "Michael Donnelly", (), (), "dispensary"),
    ("mick", "Michaela Sørensen", (), (), None),
    ("ravi", "Ravindra Subramanian", ("Ravi",), (), "IT support"),
    ("gemma", "Gemma Whitehouse", (), (), "reception"),
    ("geoff", "Geoffrey Knowles", (), (), "finance"),
    ("aoife", "Aoife Byrne", (), ("eefa",), None),
    ("tran", "Thuy Tran", (), ("twee",), "nursing"),
    ("peter", "Peter Stanley", (), (), "finance"),
    ("stan", "Stanley Peters", (), (), None),
    ("hugo", "Hugo de Vries", (), (), None),
    ("ann", "Ann Taylor", (), (), "nursing"),
    ("anna", "Anna Tyler", (), (), "nursing"),
    ("mcall", "Ewan McAllister", (), (), None),
    ("zoe", "Zoë Fairbrother", (), (), None),
    ("rose", "Rose May", (), (), None),
    ("debs", "Deborah Carter-Lloyd", ("Debs",), (), "finance"),
    ("yusuf", "Yusuf Karim", (), (), None),
    ("bala", "Balázs Kovács", (), (), None),
    ("nat", "Natalie Shaw", (), (), None),
)
FIRM = _people(
    ("hal", "Harold Finch", (), (), "workshop"),
    ("marg", "Margaret O'Connor", ("Peggy",), (), "payroll"),
    ("phil", "Philippa Wren", ("Pip",), (), "lettings"),
    ("phil2", "Philip Rennie", (), (), "lettings"),
    ("sean", "Sean Docherty", (), (), "workshop"),
    ("shaun", "Shaun Dougherty", (), (), None),
    ("car", "Carol Hathaway", (), (), "payroll"),
    ("carl", "Karl Hathersage", (), (), None),
    ("wanj", "Wanjiru Kamau", (), ("wan jeeroo",), None),
    ("dmi", "Dmitri Volkov", (), (), None),
    ("yuki", "Yuki Tanaka", (), (), None),
    ("abd", "Abdul-Rahman Siddiqui", ("Abs",), (), "parts"),
    ("ell", "Ellen Nash", (), (), "parts"),
    ("hel", "Helen Nash", (), (), "lettings"),
    ("ted", "Edward St John", ("Ted",), ("sin jun",), None),
    ("guy", "Guy Fields", (), (), None),
    ("bella", "Isabella Rossi", (), (), None),
    ("gra", "Grace Park", (), (), None),
    ("cian", "Cian Mac Giolla", (), ("kee an",), None),
    ("tam", "Tamsin Beauchamp", (), ("beecham",), "payroll"),
)
BANK = _people(
    ("jess", "Jessica Whitfield", ("Jess",), (), "mortgages"),
    ("greg", "Gregory Pasternak", (), (), "mortgages"),
    ("nick", "Nicholas Frost", (), (), "lending"),
    ("nicola", "Nicola Frost", (), (), "savings"),
    ("andy", "Andrew Mackintosh", (), (), "savings"),
    ("drew", "Drew Costello", (), (), None),
    ("ines", "Inês Carvalho", (), (), "fraud team"),
    ("raj", "Rajesh Chakrabarti", ("Raj",), (), "lending"),
    ("raja", "Rajinder Dhillon", (), (), None),
    ("tess", "Theresa Quigley", ("Tess",), (), None),
    ("vic", "Victoria Lam", (), (), None),
    ("lamb", "Victor Lambert", (), (), None),
    ("hui", "Hui Min Tan", (), ("hway min",), None),
    ("sid", "Sidney Poole", (), (), "fraud team"),
    ("ben", "Benedict Okafor", (), (), "lending"),
    ("eil", "Eilidh Fraser", (), ("ay lee",), None),
    ("ruth", "Ruth Abernathy", (), (), None),
    ("jo1", "Joanne Reeve", ("Jo",), (), None),
    ("joe", "Joseph Reeves", (), (), None),
    ("lou", "Louise D'Angelo", (), (), "savings"),
)
LAW = _people(
    ("hope", "Hope Winter", (), (), "conveyancing"),
    ("tim", "Timothy Ashworth", (), (), "conveyancing"),
    ("tina", "Christina Lowe", ("Tina",), (), "probate"),
    ("ali", "Ali Hassan", (), (), "probate"),
    ("alice", "Alice Hansen", (), (), "family law"),
    ("jac", "Jacqueline Moreau", ("Jackie",), (), None),
    ("ray", "Raymond Cho", (), (), None),
    ("eug", "Eugene Petrov", (), (), None),
    ("kath", "Kathleen Ferris", (), (), "family law"),
    ("neil", "Neil Armitage", (), (), None),
    ("nia", "Nia Llewellyn", (), (), None),
    ("dev", "Devika Krishnan", ("Dev",), (), "litigation"),
    ("mart", "Martha Bloom", (), (), "litigation"),
    ("art", "Arthur Blume", (), (), None),
    ("yas", "Yasmin El-Amin", (), (), None),
    ("jud", "Judith Fox", (), (), None),
)
