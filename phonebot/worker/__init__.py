"""The worker: claims one due job, does it, sleeps; and minds what has to be done every so often."""
