### What a caller hears of somebody's whereabouts, composed at the instant of the call.
### Functions used: DAY, WEEKDAY, CLOCK. Dates and times are the office's own.
### Messages named away-part-… are only pieces of the others.
### $near is how a day lies from today: today, later (this afternoon), tomorrow, week (within six days), far.
### $doing is out (no reason given), said (as $activity), or told (an earlier sentence has said it).
### $then is what the person will be: free or back. $part is a part of the day.

## Pieces

away-part-day =
    { $near ->
        [today] today
        [tomorrow] tomorrow
        [week] on { WEEKDAY($day) }
       *[far] on { DAY($day) }
    }
# The day before a time of day, which needs none when it is today.
away-part-day-before-time =
    { $near ->
        [today] { "" }
        [later] this afternoon
        [tomorrow] tomorrow
        [week] on { WEEKDAY($day) }
       *[far] on { DAY($day) }
    }
away-part-of-day =
    { $part ->
        [morning] morning
        [afternoon] afternoon
       *[evening] evening
    }
away-part-day-and-part =
    { $near ->
        [today] this { away-part-of-day }
        [tomorrow] tomorrow { away-part-of-day }
        [week] on { WEEKDAY($day) } { away-part-of-day }
       *[far] on the { away-part-of-day } of { DAY($day) }
    }
away-part-doing =
    { $doing ->
        [out] out of the office
       *[said] { $activity }
    }
away-part-expects =
    { $doing ->
        [told] expects
        [out] is out of the office and expects
       *[said] is { $activity } and expects
    } to be { $then ->
        [free] free
       *[back] back
    }

## The date, first of all

away-line-date = { $person }'s line. It's { DAY($date) }.
away-office-date = { $office }. It's { DAY($date) }.

## The office is closed

away-office-closed = The office is closed.
away-office-closed-opens = The office is closed and opens { away-part-day-before-time } at { CLOCK($time) }.
away-office-closed-today-opens = The office is closed today and opens { away-part-day-before-time } at { CLOCK($time) }.

## Where the person is, with no return given

# Also for no status at all: it says nothing of whereabouts.
away-cannot-take-call = { $name } can't take your call just now.
away-desk = { $name } is in the office but away from the desk.
away-doing = { $name } is { away-part-doing }.
away-doing-today = { $name } is { away-part-doing } today.
away-doing-part = { $name } is { away-part-doing } this { away-part-of-day }.
away-cover = { $cover } is covering.

## Where the person is, and the return as it was set

away-back-between = { $name } { away-part-expects } { away-part-day-before-time } between { CLOCK($from) } and { CLOCK($to) }.
away-back-about = { $name } { away-part-expects } { away-part-day-before-time } at about { CLOCK($time) }.
away-back-by = { $name } { away-part-expects } by { CLOCK($time) }.
away-back-between-after-closing = { $name } { away-part-expects } between { CLOCK($from) } and { CLOCK($to) }, after the office closes.
away-back-about-after-closing = { $name } { away-part-expects } at about { CLOCK($time) }, after the office closes.
away-back-day-after-closing = { $name } { away-part-expects } { away-part-day }, after the office closes.
away-back-day = { $name } { away-part-expects } { away-part-day }.
away-back-part = { $name } { away-part-expects } { away-part-day-and-part }.
away-back-by-end-of-part = { $name } { away-part-expects } by the end of the { away-part-of-day }.
away-back-by-end-of-day =
    { $name } { away-part-expects } by the end of { $near ->
        [today] the day
        [tomorrow] tomorrow
        [week] { WEEKDAY($day) }
       *[far] { DAY($day) }
    }.

## For a goodbye: passing the message on is our own act, and says nothing of a call

away-pass-on = { $name } will have this.
away-pass-on-when =
    { $name } will have this when { $then ->
        [free] free
       *[back] back
    }.
away-pass-on-when-day =
    { $name } will have this when { $then ->
        [free] free
       *[back] back
    }, expected { away-part-day }.
away-pass-on-when-part =
    { $name } will have this when { $then ->
        [free] free
       *[back] back
    }, expected { away-part-day-and-part }.
