### The dialogue: who, on which number, what about, when, and anything to add.
### Short is kind. No prompt over 25 words, the summing-up at most 40. Nothing here may say that anybody will call.

## The recording notice comes before the first answer, in under eight words.

recording-notice = What you say is recorded.
office-notice = { $notice }

## To a number that rang before, once. Names no person and no business: somebody else may be holding the phone.

ask-verdict = First, did we get back to you?
verdict-nomatch = When you rang before, did we get back to you? Say yes or no.
verdict-wrongkey = Press 1 if we got back to you, 2 if not.
verdict-yes = Good, thank you.
verdict-no = Thank you for telling us. It is back on our list.
verdict-passed = All right.

## The form

ask-name = Who's calling, please?
name-noinput = I didn't hear anything. Who's calling, please?
name-nomatch = Sorry, I didn't catch your name. Please say it again, or spell it.
name-wrongkey = Please say your name. Or press zero for a person, or star to just talk.
matter-noted = Thank you.
# $whom is who the caller wanted instead of the person whose line they have heard.
message-instead = All right, this is for { $whom }.
record-name = Let me record it instead. Say your name after the tone, then press hash.

# $has_caller is yes or no; $caller is how the caller is addressed, as Julie or Dr O'Brien; $ending the last four digits
# of the number they ring from.
offer-number =
    { $has_caller ->
        [yes] Thanks, { $caller }.
       *[no] Thanks.
    } Shall we use the number you're calling from, ending { $ending }?
offer-number-noinput = I didn't hear you. Use the number ending { $ending }? Say yes or no, or press 1 or 2.
offer-number-nomatch = Sorry, was that yes or no to the number ending { $ending }? Press 1 for yes, 2 for no.
offer-number-wrongkey = Press 1 to use the number ending { $ending }, or 2 to give another.
talk-offer-number = Thank you. Shall we use the number you're calling from, ending { $ending }?

ask-number = Which number should we use? Say it, or key it in and press hash.
number-noinput = I didn't hear a number. Say it, or key it in and press hash. Star starts again.
number-nomatch = Sorry, I didn't get a whole number. Key it in with its area code, then press hash.
# $offered is a telephone number in words.
confirm-number = That's { $offered }. Is that right?
confirm-number-noinput = Is { $offered } right? Press 1 for yes, 2 for no.
confirm-number-nomatch = Sorry, is { $offered } right? Press 1 for yes, or 2.
confirm-number-wrongkey = Press 1 if { $offered } is right, 2 if not.

ask-business = What is it about?
business-noinput = I didn't hear anything. What is it about?
business-nomatch = Sorry, I didn't catch that. In a few words, what is it about?
business-wrongkey = Please say what it's about. Or press zero for a person, or star to just talk.

ask-window = And when would suit you for a call?
window-noinput = When would suit you? Say a time, or press 1 for morning, 2 for afternoon, 3 for any time.
window-nomatch = Sorry, I didn't catch that. Say when, or press 1 for morning, 2 for afternoon, 3 for any time.
window-wrongkey = Press 1 for morning, 2 for afternoon, or 3 for any time. Or say when would suit you.

# $why is why the caller's own time cannot be had: closed, away or past; or asked, where it is only read back.
# $proposed is a time in words, such as Thursday afternoon; $back_day is when the person expects to be back.
propose-window =
    { $why ->
        [closed] The office is closed then. Would { $proposed } suit you?
        [away] { $person } expects to be back { $back_near ->
            [today] later today
            [tomorrow] tomorrow
            [week] on { WEEKDAY($back_day) }
           *[far] on { DAY($back_day) }
        }. Would { $proposed } suit you?
        [past] That time has gone by. Would { $proposed } suit you?
       *[asked] Do you mean { $proposed }?
    }
window-proposed-noinput = Would { $proposed } suit you? Say yes or no, or press 1 or 2.
window-proposed-nomatch = Sorry, would { $proposed } suit you? Press 1 for yes, 2 for no.
window-proposed-wrongkey = Press 1 if { $proposed } suits you, 2 if not. Or say another time.

ask-added = Anything to add? Speak after the tone and press hash; or press hash now.

## The summing-up

# Everything the caller gave; each $has_… is yes or no. The words that are not the caller's own number at most 21.
sum-up =
    So that's { $has_name ->
        [yes] { $name }
       *[no] your message
    }{ $has_company ->
        [yes] { " " }of { $company }
       *[no] { "" }
    }{ $has_business ->
        [yes] , about { $business }
       *[no] { "" }
    }{ $has_number ->
        [yes] ; on the number ending { $ending }
       *[no] { "" }
    }{ $has_window ->
        [yes] , { $window }
       *[no] { "" }
    }. Say yes, or tell me what to change.
sum-up-noinput = Is that right? Say yes, or press 1. To change something, press 2.
sum-up-nomatch = Sorry, I didn't follow. Press 1 if it's right, or 2 to change something.
sum-up-wrongkey = Press 1 if it's right, or 2 to change something.

ask-which = Which part? Press 1 for the name, 2 the number, 3 what it's about, 4 the time, 5 the recording.
which-noinput = Press 1 for the name, 2 the number, 3 what it's about, 4 the time, 5 the recording.
which-nomatch = Sorry, which part? Name is 1, number 2, what it's about 3, time 4, recording 5.
which-wrongkey = That key does nothing here. Name is 1, number 2, what it's about 3, time 4, recording 5.

# Only what was changed is said back. $changed is name, company, number, business, window or nothing.
changed =
    { $changed ->
        [name] { $name }.
        [company] { $company }.
        [number] The number ending { $ending }.
        [business] About { $business }.
        [window] { $window }.
       *[nothing] { "" }
    } Is it all right now?
changed-noinput = Say yes if it's all right now, or press 1. To change something, press 2.

ask-recording = Press 1 to hear your recording, 2 to record it again, or 3 to leave it.
recording-noinput = Press 1 to hear your recording, 2 to record it again, or 3 to leave it.
recording-nomatch = Sorry, I didn't follow. Press 1 to hear it, 2 to record again, or 3 to leave it.
recording-wrongkey = Press 1 to hear it, 2 to record it again, or 3 to leave it.
one-moment = One moment.
saved-cannot-play = It is saved, but I can't play it yet.
record-again = Speak after the tone, then press hash.
recording-kept = Your recording is saved.

## Just let me talk

talk-now = You are recorded. Speak after the tone.
talk-unclear = Let's do it simply. Please say your name, number and message after the tone.

## Zero

# $operator is reception or somebody's first name.
ringing-operator = I'll try { $operator } now.
nobody-came = Nobody could take your call just now.
nobody-to-ring = There's nobody else to put you through to just now.
# $alternatives says which boxes there are besides that of $rung: cover, reception or both.
whose-message =
    { $alternatives ->
        [both] For a message to { $rung }, press 1; to { $cover }, 2; to reception, 3.
        [cover] For a message to { $rung }, press 1; to { $cover }, 2.
       *[reception] For a message to { $rung }, press 1; to reception, 2.
    }
whose-message-noinput = { whose-message }
whose-message-nomatch = Sorry, I didn't catch that. { whose-message }
whose-message-wrongkey = That key does nothing here. { whose-message }

## The office line

# Spoken for each person a key is offered for. $by is what tells those of one name apart: team, extension or name alone.
directory-entry =
    { $name }{ $by ->
        [team] { " " }in { $team }
        [extension] , extension { DIGITS($extension) }
       *[name] { "" }
    }, press { $key }.
directory = Or say a name, or key an extension.
directory-noinput = Please say a name, or key an extension. Zero is for a person, star to just talk.
directory-nomatch = Sorry, I didn't catch that. Please say a first name and surname, or key an extension.
directory-nomatch-again = I can't find that name. Say a first name and surname, or key an extension, or press zero for a person.
directory-wrongkey = That isn't one I know. Please say a name, or key an extension, or press zero for a person.

# $whom is the first of the people offered.
propose-person = Is it { $whom } you want?
propose-person-noinput = I didn't hear you. Is it { $whom } you want? Press 1 for yes, 2 for no.
propose-person-nomatch = Sorry, is it { $whom } you want? Press 1 for yes, 2 for no.
propose-person-wrongkey = Press 1 for { $whom }, or 2 for somebody else.
# After one entry for each of those who sound alike; the entries follow again when it is asked again.
choose-person = Which one?
choose-person-noinput = I didn't hear you.
choose-person-nomatch = Sorry, I didn't catch which.
choose-person-wrongkey = That key does nothing here.
ask-person-again = Who would you like? Say a first name and surname, or key an extension.
ask-person-in-full = There are several. Please say a first name and surname, or key an extension.
person-in-full-nomatch = Sorry, I need a first name and surname, or an extension.
message-for-office = I'll take a message for the office.
office-unclear = Let's do it simply. Please say who it's for, your name, number and message after the tone.

## Leave to text the number the call came from. Kept word for word with the answer, so it says how to end it.

ask-texts = Thanks. May we text this number about your call, until you tell us to stop?
texts-agreed = Good.
texts-refused = All right, no texts.

## Goodbye

goodbye-thanks =
    { $has_caller ->
        [yes] Thank you, { $caller }.
       *[no] Thank you.
    }
goodbye-office = The office will have this.
goodbye-no-promise =
    { $for_person ->
        [yes] I can't say when { $person } will call.
       *[no] I can't say when somebody will call.
    }
goodbye = Goodbye.
goodbye-nothing = I didn't hear anything, so there is no message. Goodbye.

## When something is wrong at our end, the message is still taken.

last-resort = Something is wrong at our end, but we can take a message. You are recorded. Please say your name, number and message after the tone.
last-resort-goodbye = Thank you. Your message is saved. Goodbye.

## The phone that is rung

# $caller is the caller's name or number in words, $rung whom they rang.
whisper = { $from ->
        [name] { $caller } is calling for { $rung }.
        [number] The number ending { $ending } is calling for { $rung }.
       *[withheld] Somebody is calling for { $rung }.
    } Press 1 to take the call.
whisper-again = Press 1 to take the call, or hang up.
whisper-accepted = Joining you now.
whisper-gone = Goodbye.
