class OnleesbaarError(Exception):
    """The input cannot be read as the CBS table: nothing was changed. The message is for the person who runs the import."""
