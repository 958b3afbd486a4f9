### Text messages to callers. They are read and not heard, and each says who sends it: nobody knows the number.
### None names whoever was rung or what it was about, but where somebody had taken the call on and did not make it.

# How each begins. That a call has been taken on is told by this and then the exact words of the commitment.
text-from = This is { $office }.

# The one question about a message. $day is when it was left.
text-verdict = { text-from } You left us a message on { DAY($day) }. Did we get back to you? Please reply yes or no.

text-verdict-yes = Thank you.
text-verdict-no = Thank you for telling us. Your message is open again.

# The plain truth, and no new guess. $person had taken the call on, for $window.
text-slip = { text-from } { $person } did not call you on { $window }. Your message is still with us.
