"""What answers HTTP: Twilio's webhooks, the callers' own recordings, and whether the process is well."""
