### Said to staff on the phone that phonebot rings for them, when they return a call. Callers hear none of it.
### Who and why at most 25 words. The caller is "they": nobody told us more.

# $from is name or number; $rung is you, office or other; $near is today, yesterday, week or far, and $part the part of
# that day. The rest of the words are the caller's own, cut short.
callback-who =
    { $from ->
        [name] { $caller }
       *[number] Somebody on the number ending { $ending }
    }{ $has_company ->
        [yes] { " " }of { $company }
       *[no] { "" }
    } rang { $rung ->
        [you] you
        [office] the office
       *[other] { $person }
    } { $near ->
        [today] this { $part }
        [yesterday] yesterday { $part }
        [week] on { WEEKDAY($day) } { $part }
       *[far] on { DATE($day) }
    }{ $has_business ->
        [yes] { " " }about { $business }
       *[no] { "" }
    }.{ $has_window ->
        [yes] { " " }It suits them { $window }.
       *[no] { "" }
    }

# $owner is who owes them the call, where somebody else rings on their behalf.
callback-press =
    { $holding ->
        [yes] You ring on behalf of { $owner }. Press 1 to ring them.
       *[no] Press 1 to ring them.
    }
callback-press-again = Press 1 to ring them, or hang up.
callback-joining = Ringing them now. Star ends the call.
callback-gone = There is no call to return here any more. Goodbye.
callback-taken = Somebody else has seen to this one, or has it in hand. Goodbye.
callback-not-pressed = Goodbye.

callback-what-happened = What happened? Press 1 if you spoke to them, 2 if you left word, 3 if it was the wrong number.
callback-what-happened-again = Press 1 if you spoke to them, 2 for word left, 3 for a wrong number.

# $why is busy, no-answer, bad-number or failed.
callback-not-joined =
    { $why ->
        [busy] It was engaged.
        [no-answer] Nobody answered.
        [bad-number] That number is not in use.
       *[failed] The call did not go through.
    } The message stays on the list. Goodbye.

# $stands is returned, held, short or owed; $owner as above.
callback-stands =
    { $stands ->
        [returned] Thank you. That is marked as returned.
        [held] Thank you. { $owner } still has this one to return.
        [short] Thank you. That was too short to count, so it is still owed.
       *[owed] Thank you. It is still owed.
    } Goodbye.
