### What may be said only because somebody has taken a call on: each stands upon a commitment kept in the database.

# $person is who accepted the call; $window is when, in words that stay true: a day is named with its date.
commit-call = { $person } will call you on { $window }.
