// Has nothing to call: linking it is enough. See settings.c.
