"""Everything that is Twilio: requests, TwiML, signatures, REST and recordings."""
