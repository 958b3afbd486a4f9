"""The office, its people, their whereabouts and their messages: plain Python, no clock, no framework, no I/O."""
