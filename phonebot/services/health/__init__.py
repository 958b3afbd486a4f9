"""Whether all is well: settings, wording, storage, the account, and pointing a number here."""
